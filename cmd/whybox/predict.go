package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whybox/whybox/internal/importer"
	"github.com/whybox/whybox/internal/model"
)

// foreign is a model that another program trained, and rows for it.
type foreign struct {
	modelFile, dataFile string
	margin              bool
	asJSON              bool

	*importer.Imported
	d, k int
	x    []float32 // n×d
}

func (f *foreign) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.modelFile, "model", "", "the file of a model: model.json or model.ubj of XGBoost, model.txt of LightGBM, model.onnx")
	cmd.Flags().StringVar(&f.dataFile, "data", "", "a CSV file of rows, - for standard input")
	cmd.Flags().BoolVar(&f.margin, "margin", false, "take the model before its link: log-odds instead of probabilities")
}

func newPredict() *cobra.Command {
	f := &foreign{}
	cmd := &cobra.Command{
		Use:   "predict --model FILE --data CSV [--margin] [--json]",
		Short: "Print what a model from another program predicts",
		Long: `Print what a model from another program predicts, one row a line.

` + aboutRows,
		Example: "  whybox predict --model model.json --data rows.csv\n  whybox predict --model model.ubj --data - --margin --json < rows.csv\n  whybox predict --model model.onnx --data rows.csv",
		Args:    takes(0, 0, "no arguments besides its flags"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := f.load(cmd); err != nil {
				return err
			}
			return f.predict(cmd.OutOrStdout())
		},
	}
	f.flags(cmd)
	cmd.Flags().BoolVar(&f.asJSON, "json", false, `write {"scores": [[...]]}, one list a row`)
	return cmd
}

// load reads the model and the rows.
func (f *foreign) load(cmd *cobra.Command) error {
	for _, needed := range []struct{ name, value, what string }{
		{"model", f.modelFile, "the file of a model"}, {"data", f.dataFile, "a CSV file of rows"},
	} {
		if needed.value == "" {
			return usage("--"+needed.name+" is missing", "it names "+needed.what, fmt.Sprintf("run it as %q", cmd.UseLine()))
		}
	}
	file, err := readAll(cmd, f.modelFile, importer.MaxBytes, importer.TooLarge)
	if err != nil {
		return err
	}
	if f.Imported, err = importer.Read(file); err != nil {
		return badInput(fmt.Sprintf("%s: %v", f.modelFile, err), "", "")
	}
	f.d, f.k = f.Model.Dims()
	f.x, err = f.rows(cmd, f.dataFile)
	return err
}

// readAll reads a file, or standard input for "-", of most bytes at most. A file
// says how many it has, and tooLarge refuses it before it is read.
func readAll(cmd *cobra.Command, name string, most int64, tooLarge func(bytes int64) error) ([]byte, error) {
	in, shown := cmd.InOrStdin(), "standard input"
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return nil, badInput(fmt.Sprintf("cannot read %q", name), cause(err), "check the spelling of the path")
		}
		defer file.Close()
		if info, err := file.Stat(); err == nil && info.Mode().IsRegular() {
			if err := tooLarge(info.Size()); err != nil {
				return nil, badInput(fmt.Sprintf("%s: %v", name, err), "", "")
			}
		}
		in, shown = file, strconv.Quote(name)
	}
	content, err := io.ReadAll(io.LimitReader(in, most+1))
	if err != nil {
		return nil, badInput("cannot read "+shown, cause(err), "name a file that can be read")
	}
	if int64(len(content)) > most {
		return nil, badInput(shown+" is too large", fmt.Sprintf("at most %d MB are read", most>>20), "give less of it")
	}
	return content, nil
}

// asked returns the model or, with --margin, what stands before its link.
func (f *foreign) asked() (model.Model, error) {
	if !f.margin {
		return f.Model, nil
	}
	if m, ok := f.Model.(model.Marginer); ok {
		return m.Margin(), nil
	}
	return nil, badInput(f.modelFile+" has no margin", "its scores do not come from a softmax, a logistic function or another link", "leave --margin out")
}

// class names a score.
func (f *foreign) class(c int) string {
	if f.Classes == nil {
		return fmt.Sprintf("class %d", c)
	}
	return "class " + f.Classes[c]
}

// what names the scores.
func (f *foreign) what() string {
	if f.margin {
		return "margin"
	}
	return "prediction"
}

func (f *foreign) predict(w io.Writer) error {
	n := len(f.x) / f.d
	flat := make([]float32, n*f.k)
	m, err := f.asked()
	if err != nil {
		return err
	}
	m.Predict(flat, f.x, n)
	scores := make([][]float32, n)
	for i := range scores {
		scores[i] = flat[i*f.k : (i+1)*f.k]
		for _, s := range scores[i] {
			if s-s != 0 {
				return badInput(fmt.Sprintf("the %s of row %d is %v", f.what(), i+1, s), "the row lies far outside what the model can score", "look at the row, or ask for the --margin")
			}
		}
	}
	if f.asJSON {
		return writeLine(w, map[string]any{"scores": scores})
	}
	head := []string{"row", f.what()}
	if f.k > 1 {
		head = head[:1]
		for c := range f.k {
			head = append(head, f.class(c))
		}
	}
	lines := [][]string{head}
	for i, row := range scores {
		line := []string{strconv.Itoa(i + 1)}
		for _, s := range row {
			line = append(line, number(float64(s)))
		}
		lines = append(lines, line)
	}
	var b strings.Builder
	table(&b, lines)
	if _, err := io.WriteString(w, b.String()); err != nil {
		return unwritten("standard output", err)
	}
	return nil
}

// writeLine writes v as JSON on one line.
func writeLine(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return unwritten("the result", err)
	}
	return nil
}
