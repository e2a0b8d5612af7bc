"""Writes the files of this folder; see README.md. Run it in this folder:

    apt-get install python3-sklearn python3-joblib python3-h5py python3-openpyxl python3-xgboost \
        python3-pandas python3-scipy python3-lz4 7zip zstd
    /usr/bin/python3 make.py
"""
import bz2, gzip, io, json, lzma, os, pickle, sqlite3, struct, subprocess, sys, tarfile, types, zipfile, zlib

import h5py, joblib, numpy, openpyxl, pandas, scipy.io, xgboost
from sklearn.linear_model import LogisticRegression

here = os.path.dirname(os.path.abspath(__file__))
EPOCH = (2024, 1, 1, 0, 0, 0)


def put(name, data):
    with open(os.path.join(here, name), "wb") as f:
        f.write(data.encode() if isinstance(data, str) else data)


def stand_in(module, name):
    """A class that pickles under another module's name, for libraries that are not here."""
    parts = module.split(".")
    for i in range(len(parts)):
        path = ".".join(parts[: i + 1])
        sys.modules.setdefault(path, types.ModuleType(path))
    made = type(name, (), {"__module__": module})
    setattr(sys.modules[module], name, made)
    thing = made()
    thing.weights = [1.0, 2.0]
    return thing


def zipped(name, entries, stored=True):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as z:
        for path, data in entries:
            z.writestr(zipfile.ZipInfo(path, EPOCH), data)
    put(name, out.getvalue())
    return out.getvalue()


X = numpy.array([[0.0, 1.0], [1.0, 0.0], [2.0, 1.0], [3.0, 0.0]])
y = numpy.array([0, 0, 1, 1])
model = LogisticRegression().fit(X, y)

# Pickles of Python, joblib.
for p in range(6):
    put(f"sklearn-protocol{p}.pkl", pickle.dumps(model, protocol=p))
booster = xgboost.XGBClassifier(n_estimators=1, max_depth=1).fit(X, y)
put("xgboost.pkl", pickle.dumps(booster))
put("lightgbm.pkl", pickle.dumps(stand_in("lightgbm.sklearn", "LGBMClassifier")))
put("catboost.pkl", pickle.dumps(stand_in("catboost.core", "CatBoostClassifier")))
put("torch.pkl", pickle.dumps(stand_in("torch.nn.modules.container", "Sequential"), protocol=2))
put("keras.pkl", pickle.dumps(stand_in("keras.src.models.sequential", "Sequential")))
put("pandas.pkl", pickle.dumps(pandas.DataFrame({"a": [1, 2]})))
put("dict.pkl", pickle.dumps({"weights": [1, 2]}))
put("own.pkl", pickle.dumps(stand_in("mymodels.scorer", "Scorer"), protocol=3))
with io.BytesIO() as f:
    joblib.dump(model, f)
    put("sklearn.joblib", f.getvalue())
for method in ("zlib", "gzip", "bz2", "xz", "lzma", "lz4"):
    with io.BytesIO() as f:
        joblib.dump(model, f, compress=(method, 3))
        data = bytearray(f.getvalue())
        if method == "gzip":
            data[4:8] = bytes(4)  # the time
        put(f"joblib-{method}.joblib", bytes(data))

# XGBoost's binary formats.
small = xgboost.train({"max_depth": 1, "objective": "reg:squarederror"}, xgboost.DMatrix(X, y), 1)
put("xgboost-deprecated.bin", bytes(small.save_raw("deprecated")))
put("xgboost-old.bin", bytes(small.save_raw("deprecated"))[4:])  # before 0.90 there was no mark
put("xgboost-dump.txt", "".join(f"booster[{i}]:\n{t}" for i, t in enumerate(small.get_dump())))
put("xgboost-dump.json", "[\n" + ",\n".join(small.get_dump(dump_format="json")) + "\n]")
put("xgboost-config.json", small.save_config())

# Keras, TensorFlow.
def h5(name, fill, userblock=0):
    path = os.path.join(here, name)
    with h5py.File(path, "w", userblock_size=userblock) as f:
        fill(f)
    return path

def keras_h5(f):
    f.attrs["keras_version"] = "2.15.0"
    f.attrs["backend"] = "tensorflow"
    f.attrs["model_config"] = '{"class_name": "Sequential"}'
    f.create_group("model_weights")

def plain_h5(f):
    f["a"] = [1.0, 2.0]

path = h5("keras.h5", keras_h5)
whole = open(path, "rb").read()
put("keras-truncated.h5", whole[: len(whole) // 2])
h5("plain.h5", plain_h5)
path = h5("matlab73.mat", plain_h5, userblock=512)
data = bytearray(open(path, "rb").read())
data[:124] = b"MATLAB 7.3 MAT-file, Platform: GLNXA64, HDF5 schema 1.00 .".ljust(124)
data[124:128] = b"\x00\x02IM"
put("matlab73.mat", bytes(data))
weights = io.BytesIO()
zipped("keras3.keras", [("metadata.json", '{"keras_version": "3.0.5"}'), ("config.json", '{"class_name": "Sequential"}'), ("model.weights.h5", b"\x89HDF\r\n\x1a\n")])

def field(number, data):
    """A length-delimited field of a protocol buffer."""
    n, size = len(data), b""
    while n > 127:
        size += bytes([n & 127 | 128])
        n >>= 7
    return bytes([number << 3 | 2]) + size + bytes([n]) + data

node = field(1, field(1, b"dense_input") + field(2, b"Placeholder") + field(5, field(1, b"dtype") + field(2, b"\x30\x01")))
node2 = field(1, field(1, b"w") + field(2, b"Const"))
meta = field(1, field(4, b"serve") + field(5, b"2.15.0"))
put("saved_model.pb", b"\x08\x01" + field(2, meta + field(2, node + node2)))
put("frozen_graph.pb", node + node2)
put("model.tflite", struct.pack("<I", 28) + b"TFL3" + bytes(40))
put("checkpoint.index", bytes(16) + b"\x00" * 40 + bytes.fromhex("57fb808b247547db"))
put("tfjs.json", json.dumps({"format": "layers-model", "generatedBy": "keras v2.15.0", "modelTopology": {"class_name": "Sequential"}, "weightsManifest": [{"paths": ["group1-shard1of1.bin"]}]}))
put("keras-architecture.json", json.dumps({"class_name": "Sequential", "config": {"layers": []}, "keras_version": "2.15.0", "backend": "tensorflow"}))

# PyTorch.
state = pickle.dumps({"0.weight": stand_in("torch._utils", "_rebuild_tensor_v2")}, protocol=2)
torch_zip = zipped("state.pt", [("state/data.pkl", state), ("state/data/0", bytes(8)), ("state/version", "3\n")])
put("state-truncated.pt", torch_zip[:300])
zipped("scripted.pt", [("scripted/data.pkl", state), ("scripted/code/__torch__.py", "class M(Module):\n"), ("scripted/constants.pkl", pickle.dumps((), 2)), ("scripted/version", "3\n")])
zipped("exported.pt2", [("exported/archive_format", "pt2"), ("exported/models/model.json", "{}"), ("exported/version", "1")])
put("legacy.pth", pickle.dumps(0x1950A86A20F9469CFC6C, 2) + pickle.dumps(1001, 2) + pickle.dumps({"protocol_version": 1001, "little_endian": True}, 2) + state)

# Weights.
header = json.dumps({"w": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}}).encode()
put("weights.safetensors", struct.pack("<Q", len(header)) + header + bytes(8))
put("weights-truncated.safetensors", struct.pack("<Q", len(header)) + header[:20])
put("language.gguf", b"GGUF" + struct.pack("<IQQ", 3, 0, 0))

# Other models.
put("model.cbm", b"CBM1" + struct.pack("<I", 8) + bytes(8))
put("model.pmml", '<?xml version="1.0" encoding="UTF-8"?>\n<PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4">\n<Header/></PMML>\n')
put("model.mlmodel", b"\x08\x04" + field(2, field(1, field(1, b"age") + field(3, b"\x12\x00")) + field(10, field(1, b"risk") + field(3, b"\x12\x00"))) + b"\xa2\x1f\x00")
zipped("model.mlpackage.zip", [("model.mlpackage/Manifest.json", "{}"), ("model.mlpackage/Data/com.apple.CoreML/model.mlmodel", b"\x08\x04")])
zipped("mojo.zip", [("model.ini", "[info]\nalgo = gbm\nh2o_version = 3.44.0\n"), ("trees/t00_000.bin", bytes(4))])
put("svm.model", "svm_type c_svc\nkernel_type rbf\ngamma 0.5\nnr_class 2\n")
put("weka.model", b"\xac\xed\x00\x05sr\x00\x1eweka.classifiers.trees.J48" + bytes(8))
put("catboost.json", json.dumps({"features_info": {}, "model_info": {"catboost_version_info": "1.2"}, "oblivious_trees": []}))
put("lightgbm-dump.json", json.dumps({"name": "tree", "version": "v4", "num_class": 1, "tree_info": [{"tree_index": 0}]}))
put("MLmodel", "artifact_path: model\nflavors:\n  python_function:\n    loader_module: mlflow.sklearn\n  sklearn:\n    pickled_model: model.pkl\n")

# R, MATLAB, numpy.
def r(header, body):
    return gzip.compress(header + body, mtime=0)

rds = b"X\n" + struct.pack(">III", 3, 0x00040201, 0x00030500) + struct.pack(">I", 5) + b"UTF-8" + bytes(8)
put("model.rds", gzip.compress(rds, mtime=0))
put("plain.rds", rds)
put("data.RData", gzip.compress(b"RDX3\n" + rds, mtime=0))
with io.BytesIO() as f:
    scipy.io.savemat(f, {"a": X})
    data = bytearray(f.getvalue())
    data[:116] = b"MATLAB 5.0 MAT-file Platform: posix".ljust(116)
    put("matlab5.mat", bytes(data))
with io.BytesIO() as f:
    numpy.save(f, X)
    put("rows.npy", f.getvalue())
    zipped("rows.npz", [("X.npy", f.getvalue()), ("y.npy", f.getvalue())])

# Rows in other formats.
put("rows.parquet", b"PAR1" + bytes(8) + struct.pack("<I", 8) + b"PAR1")
put("rows-truncated.parquet", b"PAR1" + bytes(16))
put("rows.arrow", b"ARROW1\x00\x00" + bytes(8) + b"ARROW1")
put("rows.feather", b"FEA1" + bytes(8) + b"FEA1")
put("rows.avro", b"Obj\x01\x04\x14avro.codec\x08null")
put("rows.orc", b"ORC" + bytes(8) + b"\x04ORC\x03")
book = openpyxl.Workbook()
book.active.append(["a", "b"])
book.active.append([1, 2])
with io.BytesIO() as f:
    book.save(f)
    # A workbook of openpyxl, its parts packed anew with a fixed time.
    with zipfile.ZipFile(f) as z:
        zipped("book.xlsx", [(i.filename, z.read(i)) for i in z.infolist() if i.filename in ("[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml")], stored=False)
put("book.xls", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(64) + "Workbook".encode("utf-16-le") + bytes(16))
zipped("book.ods", [("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "<a/>")])
zipped("text.docx", [("[Content_Types].xml", "<a/>"), ("word/document.xml", "<a/>")])
db = sqlite3.connect(":memory:")
db.execute("pragma page_size=512")
db.execute("create table t (a)")
put("rows.sqlite", db.serialize())
put("rows.duckdb", bytes(8) + b"DUCK" + bytes(16))
put("rows.sav", b"$FL2@(#) SPSS DATA FILE" + bytes(16))
put("rows.dta", "<stata_dta><header><release>118</release>")
put("rows.sas7bdat", bytes.fromhex("000000000000000000000000c2ea8160b31411cfbd92080009c7318c181f1011"))
put("rows.arff", "@relation iris\n@attribute petal numeric\n@data\n1\n")
put("rows.json", '[{"a": 1, "b": 2}, {"a": 2, "b": 3}]')
put("rows.jsonl", '{"a": 1, "b": 2}\n{"a": 2, "b": 3}\n')
put("rows.libsvm", "1 1:0.5 3:2\n0 2:1.5\n1 1:0.25 2:1\n")
put("rows.csv", "a,b,y\n1,2,x\n2,3,y\n")
put("rows-utf16.csv", "\ufeffa;y\n1,5;2\n".encode("utf-16-le"))

# Archives and packed files.
zipped("files.zip", [("notes.txt", "hello"), ("more/notes.txt", "hello")])
zipped("model-in.zip", [("model.json", '{"learner": {}}')])
put("empty.zip", b"PK\x05\x06" + bytes(18))
put("files-truncated.zip", open(os.path.join(here, "files.zip"), "rb").read()[:60])
put("text.gz", gzip.compress(b"hello\n", mtime=0))
put("rows.csv.gz", gzip.compress(b"a,b\n1,2\n3,4\n", mtime=0))
put("text-truncated.gz", gzip.compress(b"hello\n", mtime=0)[:9])
put("text.bz2", bz2.compress(b"hello\n"))
put("text.xz", lzma.compress(b"hello\n"))
put("text.zst", subprocess.run(["zstd", "-q", "-c"], input=b"hello\n", stdout=subprocess.PIPE, check=True).stdout)
put("text.lz4", subprocess.run(["lz4", "-q", "-c"], input=b"hello\n", stdout=subprocess.PIPE, check=True).stdout)
with open("/tmp/hello.txt", "w") as f:
    f.write("hello\n")
if os.path.exists("/tmp/hello.7z"):
    os.remove("/tmp/hello.7z")
subprocess.run(["7zz", "a", "-bso0", "-mtm=off", "/tmp/hello.7z", "/tmp/hello.txt"], check=True)
put("text.7z", open("/tmp/hello.7z", "rb").read())
put("text.rar", b"Rar!\x1a\x07\x01\x00" + bytes(16))
with io.BytesIO() as f:
    with tarfile.open(fileobj=f, mode="w") as t:
        info = tarfile.TarInfo("notes.txt")
        info.size = 6
        t.addfile(info, io.BytesIO(b"hello\n"))
    put("files.tar", f.getvalue()[:1024])

# What is no model at all.
put("empty", b"")
put("zeros.bin", bytes(512))
put("notebook.ipynb", json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1))
put("error.html", "<!DOCTYPE html>\n<html><head><title>404 Not Found</title></head><body></body></html>\n")
put("page.html", "<html>\n<body>hello</body></html>\n")
put("feed.xml", '<?xml version="1.0"?>\n<feed/>\n')
put("picture.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>\n')
put("figure.json", json.dumps({"data": {"name": "iris"}, "model": {"name": "tree"}, "view": [{"name": "waterfall"}]}))
put("package.json", json.dumps({"name": "site", "version": "1.0.0", "dependencies": {}}))
put("other.json", json.dumps({"hello": 1, "world": [1, 2]}))
put("config.yaml", "---\nmodel:\n  depth: 3\ntrain: true\n")
put("pointer.lfs", "version https://git-lfs.github.com/spec/v1\noid sha256:" + "4d" * 32 + "\nsize 12345\n")
png = b"\x89PNG\r\n\x1a\n"
for kind, data in ((b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)), (b"IDAT", zlib.compress(b"\x00\x00")), (b"IEND", b"")):
    png += struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
put("picture.png", png)
put("picture.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9")
put("picture.gif", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;")
put("picture.webp", b"RIFF\x1a\x00\x00\x00WEBPVP8L" + bytes(14))
put("picture.tiff", b"II*\x00\x08\x00\x00\x00" + bytes(8))
put("paper.pdf", "%PDF-1.7\n%%EOF\n")
put("notes.txt", "This is a note about a model.\nIt is nothing more.\n")
put("train.py", "import pickle\n\nmodel = fit(1, 2)\n")
put("train.R", "library(xgboost)\nmodel <- xgb.train(list(), d)\n")
put("program.elf", open("/bin/true", "rb").read()[:64])
put("program.exe", b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\x00\x00")
put("program.wasm", b"\x00asm\x01\x00\x00\x00")
put("program.macho", bytes.fromhex("cffaedfe0700000103000000"))
put("program.class", bytes.fromhex("cafebabe0000003d"))
put("program.pyc", bytes.fromhex("a70d0d0a00000000"))
put("unknown.bin", bytes(range(128, 200)))
