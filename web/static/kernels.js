// Starts a Go program whose inner loops are in vectors. They work in the memory
// that the program itself brings, so they are bound after it is there: the
// program is linked to a small module, each function of which calls an entry of
// a table that is filled then. A call never comes through JavaScript. The page,
// the worker and the tests in Node start their program with this. slow() hears
// that the browser lacks vectors, or that `without` leaves them out: the table
// then stays empty and the program runs its own loops.
async function whyboxStart(go, module, slow = () => {}, without = false) {
  // Written by go generate ./internal/kernel.
  const trampolines = "AGFzbQEAAAABxgInYAN/f38AYAN/f38AYAN/f38AYAN/f38AYAN/f38AYAR/f39/AGAEf39/fwBgBH9/f38AYAR/f39/AGAEf39/fwBgBH9/f38AYAR/f39/AGAEf39/fwBgBH9/f30AYAR/f399AGAEf39/fQBgCX9/f39/f39/fwBgCX9/f39/f39/fwBgCX9/f39/f39/fwBgC39/f39/f39/f39/AGALf39/f39/f39/f38AYAV/f39/fwBgBn9/f39/fwBgCH9/f39/f39/AGACf38BfWADf39/AX1gA39/fwF9YAJ/fwF/YAV/f39/fwBgBn9/f39/fwBgBn9/f39/fwBgBX9/f39/AGAIf39/f399fX0AYAZ/f39/f38AYAV/f39/fwBgBn9/f39/fQBgB39/f39/f38AYAd/f39/f39/AGAFf39/f38BfwMoJwABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fICEiIyQlJgQEAXAAJwehAygFdGFibGUBAARyZWx1AAAEdGFuaAABB3NpZ21vaWQAAgNleHAAAwNsb2cABANhZGQABQNzdWIABgNtdWwABwZtdWxBZGQACAZkaXZBZGQACQxyZWx1QmFja3dhcmQACgx0YW5oQmFja3dhcmQACw9zaWdtb2lkQmFja3dhcmQADARheHB5AA0Fc2NhbGUADgVzaGlmdAAPBGdlbW0AEAZnZW1tVEEAEQZnZW1tVEIAEglnZW1tUGFydHMAEwtnZW1tUGFydHNUQQAUCm1peENob2ljZXMAFQhtaXhUYWJsZQAWB21peFN1bXMAFwNzdW0AGANkb3QAGQ9zcXVhcmVkRGlzdGFuY2UAGgZmaW5pdGUAGwpjb2x1bW5TdW1zABwLc3RhbmRhcmRpemUAHQNtaXgAHgptdWxDb2x1bW5zAB8EYWRhbQAgB3NvZnRtYXgAIQ9zb2Z0bWF4QmFja3dhcmQAIhRjcm9zc0VudHJvcHlCYWNrd2FyZAAjBmNvbDJpbQAkB21heFBvb2wAJQ9tYXhQb29sQmFja3dhcmQAJgrPBScNACAAIAEgAkEAEQAACw0AIAAgASACQQERAQALDQAgACABIAJBAhECAAsNACAAIAEgAkEDEQMACw0AIAAgASACQQQRBAALDwAgACABIAIgA0EFEQUACw8AIAAgASACIANBBhEGAAsPACAAIAEgAiADQQcRBwALDwAgACABIAIgA0EIEQgACw8AIAAgASACIANBCREJAAsPACAAIAEgAiADQQoRCgALDwAgACABIAIgA0ELEQsACw8AIAAgASACIANBDBEMAAsPACAAIAEgAiADQQ0RDQALDwAgACABIAIgA0EOEQ4ACw8AIAAgASACIANBDxEPAAsZACAAIAEgAiADIAQgBSAGIAcgCEEQERAACxkAIAAgASACIAMgBCAFIAYgByAIQREREQALGQAgACABIAIgAyAEIAUgBiAHIAhBEhESAAsdACAAIAEgAiADIAQgBSAGIAcgCCAJIApBExETAAsdACAAIAEgAiADIAQgBSAGIAcgCCAJIApBFBEUAAsRACAAIAEgAiADIARBFREVAAsTACAAIAEgAiADIAQgBUEWERYACxcAIAAgASACIAMgBCAFIAYgB0EXERcACwsAIAAgAUEYERgACw0AIAAgASACQRkRGQALDQAgACABIAJBGhEaAAsLACAAIAFBGxEbAAsRACAAIAEgAiADIARBHBEcAAsTACAAIAEgAiADIAQgBUEdER0ACxMAIAAgASACIAMgBCAFQR4RHgALEQAgACABIAIgAyAEQR8RHwALFwAgACABIAIgAyAEIAUgBiAHQSARIAALEwAgACABIAIgAyAEIAVBIREhAAsRACAAIAEgAiADIARBIhEiAAsTACAAIAEgAiADIAQgBUEjESMACxUAIAAgASACIAMgBCAFIAZBJBEkAAsVACAAIAEgAiADIAQgBSAGQSURJQALEQAgACABIAIgAyAEQSYRJgAL";
  const code = Uint8Array.from(atob(trampolines), (c) => c.charCodeAt(0));
  const { table, ...kern } = (await WebAssembly.instantiate(code)).instance.exports;
  const names = Object.keys(kern);
  let memory = null;
  kern.start = (at, length) => {
    const code = new Uint8Array(memory.buffer, at, length);
    if (without || !WebAssembly.validate(code)) {
      slow();
      return 0;
    }
    const loops = new WebAssembly.Instance(new WebAssembly.Module(code), { env: { memory } }).exports;
    names.forEach((name, i) => table.set(i, loops[name]));
    return 1;
  };
  const instance = await WebAssembly.instantiate(module, { ...go.importObject, kern });
  memory = instance.exports.mem;
  return instance;
}
