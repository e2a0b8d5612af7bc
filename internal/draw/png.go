package draw

import (
	"encoding/binary"
	"hash/adler32"
	"hash/crc32"
	"image"
	"image/color"
)

// encodePNG returns img as PNG, without compression: a decision surface is
// some 6 kB, and this way no compressor is linked into the page. A paletted
// image of at most 256 colours stays paletted. Format: W3C PNG (third
// edition), RFC 1950 and RFC 1951 stored blocks.
func encodePNG(img image.Image) []byte {
	bounds := img.Bounds()
	w, h := bounds.Dx(), bounds.Dy()
	paletted, _ := img.(*image.Paletted)
	depth, kind := 4, byte(6) // bytes a pixel; colour type
	if paletted != nil {
		depth, kind = 1, 3
	}
	out := append(make([]byte, 0, (w*depth+6)*h+2048), "\x89PNG\r\n\x1a\n"...)
	header := binary.BigEndian.AppendUint32(nil, uint32(w))
	header = binary.BigEndian.AppendUint32(header, uint32(h))
	out = appendChunk(out, "IHDR", append(header, 8, kind, 0, 0, 0))
	rows := make([]byte, 0, (w*depth+1)*h)
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		rows = append(rows, 0) // no filter
		if paletted != nil {
			from := paletted.PixOffset(bounds.Min.X, y)
			rows = append(rows, paletted.Pix[from:from+w]...)
			continue
		}
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			n := color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA)
			rows = append(rows, n.R, n.G, n.B, n.A)
		}
	}
	if paletted != nil {
		var colours, alphas []byte
		for _, p := range paletted.Palette {
			n := color.NRGBAModel.Convert(p).(color.NRGBA)
			colours = append(colours, n.R, n.G, n.B)
			alphas = append(alphas, n.A)
		}
		out = appendChunk(out, "PLTE", colours)
		out = appendChunk(out, "tRNS", alphas)
	}
	out = appendChunk(out, "IDAT", stored(rows))
	return appendChunk(out, "IEND", nil)
}

// stored wraps data as a zlib stream of stored blocks.
func stored(data []byte) []byte {
	out := append(make([]byte, 0, len(data)+len(data)/65535*5+11), 0x78, 0x01)
	for rest := data; ; {
		n := min(len(rest), 65535)
		last := byte(0)
		if n == len(rest) {
			last = 1
		}
		out = append(out, last, byte(n), byte(n>>8), byte(^n), byte(^n>>8))
		out = append(out, rest[:n]...)
		rest = rest[n:]
		if last == 1 {
			return binary.BigEndian.AppendUint32(out, adler32.Checksum(data))
		}
	}
}

func appendChunk(out []byte, kind string, data []byte) []byte {
	out = binary.BigEndian.AppendUint32(out, uint32(len(data)))
	start := len(out)
	out = append(out, kind...)
	out = append(out, data...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[start:]))
}
