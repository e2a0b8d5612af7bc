package importer

// The lines that save a model or rows again in a format that is read. Names of
// files are examples; X stands for training rows.
const (
	fromSklearn = `open it where it was made, and save it as ONNX:
  import joblib
  from skl2onnx import to_onnx  # pip install skl2onnx
  model = joblib.load("model.pkl")
  onnx = to_onnx(model, X[:1].astype("float32"))  # X: some of the training rows
  open("model.onnx", "wb").write(onnx.SerializeToString())`

	fromXGBoostPickle = `open it where it was made, and save it as JSON:
  import joblib
  model = joblib.load("model.pkl")
  model.save_model("model.json")`

	fromOldXGBoost = `save it as JSON, with XGBoost 1.0 to 2.1:
  import xgboost
  booster = xgboost.Booster(model_file="model.bin")
  booster.save_model("model.json")`

	fromLightGBMPickle = `open it where it was made, and save it as text:
  import joblib
  model = joblib.load("model.pkl")
  getattr(model, "booster_", model).save_model("model.txt")`

	fromLightGBMDump = `save it as text:
  booster.save_model("model.txt")  # of scikit-learn's kind: model.booster_.save_model("model.txt")`

	fromCatBoostPickle = `open it where it was made, and save it as ONNX (without categorical features):
  import joblib
  model = joblib.load("model.pkl")
  model.save_model("model.onnx", format="onnx")`

	fromCatBoost = `save it as ONNX (without categorical features):
  from catboost import CatBoost
  model = CatBoost().load_model("model.cbm")
  model.save_model("model.onnx", format="onnx")`

	fromTorch = `build the model where it was trained, load these weights, and save it as ONNX:
  import torch
  model.eval()  # after model.load_state_dict(torch.load("model.pt"))
  torch.onnx.export(model, torch.zeros(1, d), "model.onnx")  # d: how many features`

	fromSafetensors = `build the model where it was trained, load these weights, and save it as ONNX:
  import safetensors.torch, torch
  model.load_state_dict(safetensors.torch.load_file("model.safetensors"))
  torch.onnx.export(model.eval(), torch.zeros(1, d), "model.onnx")  # d: how many features`

	fromTorchPickle = `open it where it was made, and save it as ONNX:
  import joblib, torch
  model = joblib.load("model.pkl").eval()
  torch.onnx.export(model, torch.zeros(1, d), "model.onnx")  # d: how many features`

	fromTorchScript = `save it as ONNX:
  import torch
  model = torch.jit.load("model.pt").eval()
  torch.onnx.export(model, torch.zeros(1, d), "model.onnx")  # d: how many features`

	fromExportedTorch = `save it as ONNX:
  import torch
  program = torch.export.load("model.pt2")
  torch.onnx.export(program, (), "model.onnx", dynamo=True)`

	fromKeras = `save it as ONNX, with Keras 3.9 or later:
  import keras
  model = keras.models.load_model("model.keras")  # or "model.h5"
  model.export("model.onnx", format="onnx")`

	fromKerasPickle = `open it where it was made, and save it as ONNX, with Keras 3.9 or later:
  import joblib
  model = joblib.load("model.pkl")
  model.export("model.onnx", format="onnx")`

	fromKerasLayers = `save the whole model as ONNX where it was trained, with Keras 3.9 or later:
  model.export("model.onnx", format="onnx")`

	fromSavedModel = `save it as ONNX, from the folder that holds saved_model.pb and variables:
  pip install tf2onnx
  python -m tf2onnx.convert --saved-model FOLDER --output model.onnx`

	fromFrozen = `save it as ONNX, naming the graph's ends:
  pip install tf2onnx
  python -m tf2onnx.convert --graphdef graph.pb --inputs NAME:0 --outputs NAME:0 --output model.onnx`

	fromTFLite = `save it as ONNX:
  pip install tf2onnx
  python -m tf2onnx.convert --tflite model.tflite --output model.onnx`

	fromTFJS = `save it as ONNX, with the files of weights beside it:
  pip install tf2onnx
  python -m tf2onnx.convert --tfjs model.json --output model.onnx`

	fromCheckpoint = `build the model, load the checkpoint, and save it as ONNX, with Keras 3.9 or later:
  model.load_weights("checkpoint")
  model.export("model.onnx", format="onnx")`

	fromSomePickle = `open it where it was made, and save what is in it: XGBoost with model.save_model("model.json"), scikit-learn and others as ONNX`

	fromPMML = `save the model again where it was trained: XGBoost as JSON, LightGBM as text, others as ONNX`

	fromJava = `train it with a library that writes ONNX, or with XGBoost or LightGBM`

	fromLibSVM = `train it with scikit-learn, which uses the same library, and save it as ONNX:
  from skl2onnx import to_onnx  # pip install skl2onnx
  onnx = to_onnx(sklearn.svm.SVC(probability=True).fit(X, y), X[:1].astype("float32"))
  open("model.onnx", "wb").write(onnx.SerializeToString())`

	fromR = `open it in R. If it holds a model of XGBoost or LightGBM:
  model <- readRDS("model.rds")  # of an RData file: load("model.RData")
  xgboost::xgb.save(model, "model.json")
  lightgbm::lgb.save(model, "model.txt")
If it holds a table:
  write.csv(data, "rows.csv", row.names = FALSE)`

	fromNumpy = `save the rows as CSV:
  import numpy, pandas
  pandas.DataFrame(numpy.load("rows.npy")).to_csv("rows.csv", index=False)`

	fromNumpyArchive = `save the rows as CSV:
  import numpy, pandas
  arrays = numpy.load("rows.npz")
  pandas.DataFrame(arrays["X"]).assign(y=arrays["y"]).to_csv("rows.csv", index=False)  # arrays.files has their names`

	fromMATLAB = `save the rows as CSV, in MATLAB:
  writematrix(X, "rows.csv")`

	fromAvro = `save the rows as CSV:
  import fastavro, pandas
  pandas.DataFrame(fastavro.reader(open("rows.avro", "rb"))).to_csv("rows.csv", index=False)`

	fromSQLite = `save a table as CSV:
  sqlite3 -header -csv rows.sqlite "select * from TABLE" > rows.csv`

	fromDuckDB = `save a table as CSV:
  duckdb rows.duckdb -c "copy TABLE to 'rows.csv' (header)"`

	fromExcel = `in the spreadsheet, choose Save As and CSV UTF-8`

	fromARFF = `save the rows as CSV:
  import pandas
  from scipy.io import arff
  pandas.DataFrame(arff.loadarff("rows.arff")[0]).to_csv("rows.csv", index=False)`

	fromLibSVMRows = `save the rows as CSV:
  import pandas
  from sklearn.datasets import load_svmlight_file
  X, y = load_svmlight_file("rows.libsvm")
  pandas.DataFrame(X.toarray()).assign(y=y).to_csv("rows.csv", index=False)`

	packedPickle = `; if joblib packed a model, joblib.load reads it as it is, and then it can be saved as ONNX`
)

// fromPandas saves what pandas reads.
func fromPandas(call string) string {
	return "save the rows as CSV:\n  import pandas\n  pandas." + call + ".to_csv(\"rows.csv\", index=False)"
}
