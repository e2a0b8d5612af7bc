// Package layers holds which package may import which, as a literal table, and
// checks the source tree against it. Nothing points up: a package imports what
// stands before it in the table. It is test help and no part of any program.
package layers

// module is the path of this module.
const module = "github.com/whybox/whybox"

// rule says what one package may import of this module, tests aside. A name
// ending in "/*" stands for the packages right below it, "internal/..." for all
// of internal but test help.
type rule struct {
	from string
	may  []string
	why  string
}

// table is the whole of it, lowest first. A package that is not here is a
// breach: put it where it belongs.
var table = []rule{
	{"internal/knob", nil, "knobs are plain data that catalog, spec and page share"},
	{"internal/kernel", nil, "the inner loops know nothing of what they compute"},
	{"internal/kernel/gen/asm", nil, "the assembler knows instructions, not what they compute"},
	{"internal/kernel/gen", []string{"internal/kernel/gen/asm"}, "a command that writes kernels.wasm"},
	{"internal/tensor", []string{"internal/kernel"}, "arrays stand on the inner loops alone"},
	{"internal/autodiff", []string{"internal/tensor", "internal/kernel"}, "differentiation knows tensors, not models"},
	{"internal/model", []string{"internal/kernel"}, "models know nothing of data sets, explainers or figures"},
	{"internal/model/binned", []string{"internal/model"}, "bins are rows made small, whatever learns from them"},
	{"internal/model/loss", []string{"internal/model", "internal/kernel"}, "a loss is known by its derivatives, whatever lowers it"},
	{"internal/model/linear", []string{"internal/model", "internal/kernel"}, "models know nothing of data sets, explainers or figures"},
	{"internal/model/tree", []string{"internal/model", "internal/model/binned", "internal/model/loss", "internal/kernel"}, "models know nothing of data sets, explainers or figures"},
	{"internal/model/additive", []string{"internal/model", "internal/model/binned", "internal/model/loss", "internal/kernel"}, "models know nothing of data sets, explainers or figures"},
	{"internal/model/nn", []string{"internal/model", "internal/autodiff", "internal/tensor", "internal/kernel"}, "models know nothing of data sets, explainers or figures"},
	{"internal/model/graph", []string{"internal/model", "internal/autodiff"}, "models know nothing of data sets, explainers or figures"},
	{"internal/importer", []string{"internal/model", "internal/model/*", "internal/autodiff", "internal/tensor", "internal/kernel"}, "it turns files into models, whatever explains them"},
	{"internal/dataset", []string{"internal/kernel"}, "data knows nothing of models"},
	{"internal/table", []string{"internal/dataset"}, "it turns text into data, whatever learns from it"},
	{"internal/explain", nil, "the shared words of explaining stand alone"},
	{"internal/explain/counterfactual", explainer, whyExplainer},
	{"internal/explain/effect", explainer, whyExplainer},
	{"internal/explain/saliency", explainer, whyExplainer},
	{"internal/explain/shapley", explainer, whyExplainer},
	{"internal/pool", []string{"internal/explain"}, "a pool knows parts of explanations, not what they explain"},
	{"internal/explain/laws", []string{"internal/explain"}, "laws are checked through the shared words alone"},
	{"internal/spec", []string{"internal/knob"}, "a spec is checked against a vocabulary, not against the things it names"},
	{"internal/spec/schema", []string{"internal/spec", "internal/knob"}, "the schema comes from the spec's types"},
	{"internal/shelf", []string{"internal/dataset", "internal/table", "internal/importer", "internal/model", "internal/model/tree", "internal/spec"}, "files as specs name them"},
	{"internal/catalog", []string{"internal/knob", "internal/spec", "internal/dataset", "internal/model", "internal/model/*", "internal/explain", "internal/explain/*"}, "the catalog names things; it does not show them"},
	{"internal/spec/schemagen", []string{"internal/spec", "internal/spec/schema", "internal/catalog"}, "a command that writes the schema"},
	{"internal/view", nil, "views are plain data"},
	{"internal/draw", []string{"internal/view"}, "drawing knows views, not where they come from"},
	{"internal/draw/stylesheet", []string{"internal/draw"}, "a command that writes the palette of the drawings"},
	{"internal/draw/widths", nil, "a command that writes the table of widths"},
	{"internal/figure", []string{"internal/knob", "internal/kernel", "internal/dataset", "internal/model", "internal/explain", "internal/spec", "internal/catalog", "internal/shelf", "internal/pool", "internal/view", "internal/draw"}, "a figure reaches methods through the catalog"},
	{"internal/worker", []string{"internal/pool", "internal/figure", "internal/shelf", "internal/spec", "internal/catalog", "internal/view", "internal/draw"}, "the question server knows figures, not the browser"},
	{"internal/bundle", nil, "the build of the page runs tools on files"},
	{"internal/browser", nil, "it starts Chromium for tests, whatever they show"},
	{"internal/bench/pagespeed", []string{"internal/spec", "internal/catalog"}, "it measures the page from outside, as it is served"},
	{"internal/bench/task", []string{"internal/pool", "internal/explain", "internal/explain/*", "internal/kernel", "internal/model", "internal/model/*"}, "what is measured are models and explainers, wherever it runs"},
	{"internal/bench", []string{"internal/bench/task", "internal/bundle", "internal/view", "internal/draw"}, "the benchmark knows its tasks, not how they are done"},
	{"internal/bench/run", []string{"internal/bench", "internal/bench/pagespeed"}, "a command that runs the benchmark"},
	{"internal/golden", nil, "test help stands alone"},
	{"internal/layers", nil, "test help stands alone"},
	{"examples", nil, "examples are embedded files"},
	{"web/slimplot", nil, "a command that copies sources"},
	{"web/ui", []string{"internal/worker", "internal/figure", "internal/shelf", "internal/view", "internal/draw", "internal/spec", "internal/catalog", "internal/knob", "examples"}, "components take views in and give specs out; models and explainers run elsewhere"},
	{"web/ui/still", []string{"web/ui", "internal/worker", "internal/figure", "internal/spec", "internal/catalog"}, "the page as it is when it is built"},
	{"wasm/dom", nil, "the renderer knows node trees, not what they show"},
	{"wasm/host", nil, "it reaches the browser, whatever is sent"},
	{"wasm/engine", []string{"wasm/host", "internal/worker", "internal/pool", "internal/figure"}, "the engine and its helpers join the question server to the browser"},
	{"wasm/files", []string{"wasm/engine", "internal/shelf"}, "the engine with the readers of files"},
	{"wasm/bench", []string{"wasm/host", "internal/bench/task", "internal/pool", "internal/kernel"}, "whybox's side of the benchmark only does the tasks"},
	{"wasm/page", []string{"wasm/dom", "wasm/host", "wasm/engine", "web/ui", "internal/worker"}, "the page only joins components, renderer and question server"},
	{"cmd/whybox", []string{"internal/...", "examples", "web/ui/still"}, "the command stands on everything but the page that runs in a browser"},
}

var explainer = []string{"internal/explain", "internal/kernel"}

const whyExplainer = "an explainer speaks to a model through explain.Model alone"

// testHelp lists the packages that only tests may import.
var testHelp = []string{"internal/browser", "internal/explain/laws", "internal/golden", "internal/layers"}

// confined lists imports from elsewhere that have their place. A path covers
// those below it. tests says whether tests may have it anywhere.
var confined = []struct {
	path   string
	places []string // packages, "wasm/..." for all below, or file patterns
	tests  bool
	why    string
}{
	{"syscall/js", []string{"wasm/...", "internal/kernel/*_js.go"}, false, "all else also runs, and is tested, outside a browser"},
	{"github.com/syumai/workers", []string{"wasm/..."}, false, "only the edge program runs on workers"},
	{"github.com/vugu/vugu", []string{"web/ui", "web/ui/still", "wasm/..."}, false, "components and their renderer stand at the edge"},
	{"gonum.org/v1/plot", []string{"internal/draw"}, false, "only drawing draws"},
	{"net/http", []string{"cmd/whybox", "internal/api", "internal/bench", "wasm/edge"}, true, "it would add 1.4 MB to what the page loads"},
	{"github.com/chromedp", []string{"internal/browser", "internal/bench", "internal/bench/pagespeed"}, true, "only tests and the benchmark drive a browser"},
}

// unwanted lists what must not be reached from the page's program by any way;
// a path covers those below it. In brackets, what each would add to the
// download.
var unwanted = []string{
	"net/http",                              // 1.4 MB
	"html/template",                         // 0.6 MB
	"gonum.org/v1/gonum/mat",                // 0.1 MB
	"google.golang.org/protobuf/proto",      // 0.7 MB
	"github.com/andybalholm/brotli",         // 0.5 MB
	"github.com/santhosh-tekuri/jsonschema", // 0.5 MB
	"github.com/yuin/goldmark",              // 0.3 MB
	"gopkg.in/yaml.v3",                      // 0.3 MB
	"github.com/spf13/cobra",                // the command's flags
	"testing",                               // test help has slipped in
}
