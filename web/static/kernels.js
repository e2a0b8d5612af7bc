// Starts a Go program whose inner loops are in vectors. They work in the memory
// that the program itself brings, so they are bound after it is there: until
// then a function stands in for each. The page, the worker and the tests in
// Node start their program with this. slow() hears that the browser lacks
// vectors, or that `without` leaves them out: the program then runs its own
// loops.
async function whyboxStart(go, module, slow = () => {}, without = false) {
  let memory = null;
  let bound = {};
  const kern = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    if (from !== "kern") continue;
    // As many parameters as any of them has: what is too much is ignored.
    kern[name] = (a, b, c, d, e, f, g, h, i) => bound[name](a, b, c, d, e, f, g, h, i);
  }
  kern.start = (at, length) => {
    const code = new Uint8Array(memory.buffer, at, length);
    if (without || !WebAssembly.validate(code)) {
      slow();
      return 0;
    }
    bound = new WebAssembly.Instance(new WebAssembly.Module(code), { env: { memory } }).exports;
    return 1;
  };
  const instance = await WebAssembly.instantiate(module, { ...go.importObject, kern });
  memory = instance.exports.mem;
  return instance;
}
