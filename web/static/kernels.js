// Starts a Go program whose inner loops are in vectors. They work in the memory
// that the program itself brings, so they are bound after it is there: the
// program is linked to a small module, each function of which calls an entry of
// a table that is filled then. A call never comes through JavaScript. The page,
// the worker and the tests in Node start their program with this. slow() hears
// that the browser lacks vectors, or that `without` leaves them out: the table
// then stays empty and the program runs its own loops.
async function whyboxStart(go, module, slow = () => {}, without = false) {
  // Written by go generate ./internal/kernel.
  const trampolines = "AGFzbQEAAAABtAImYAN/f38AYAN/f38AYAN/f38AYAN/f38AYAN/f38AYAR/f39/AGAEf39/fwBgBH9/f38AYAR/f39/AGAEf39/fwBgBH9/f38AYAR/f39/AGAEf39/fwBgBH9/f30AYAR/f399AGAEf39/fQBgCX9/f39/f39/fwBgCX9/f39/f39/fwBgCX9/f39/f39/fwBgBX9/f39/AGAGf39/f39/AGAIf39/f39/f38AYAJ/fwF9YAN/f38BfWADf39/AX1gAn9/AX9gBX9/f39/AGAGf39/f39/AGAGf39/f39/AGAFf39/f38AYAh/f39/f319fQBgBn9/f39/fwBgBX9/f39/AGAGf39/f399AGAHf39/f39/fwBgB39/f39/f38AYAd/f39/f39/AGAFf39/f38BfwMnJgABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fICEiIyQlBAQBcAAmB5ADJwV0YWJsZQEABHJlbHUAAAR0YW5oAAEHc2lnbW9pZAACA2V4cAADA2xvZwAEA2FkZAAFA3N1YgAGA211bAAHBm11bEFkZAAIBmRpdkFkZAAJDHJlbHVCYWNrd2FyZAAKDHRhbmhCYWNrd2FyZAALD3NpZ21vaWRCYWNrd2FyZAAMBGF4cHkADQVzY2FsZQAOBXNoaWZ0AA8EZ2VtbQAQBmdlbW1UQQARBmdlbW1UQgASCm1peENob2ljZXMAEwhtaXhUYWJsZQAUB21peFN1bXMAFQNzdW0AFgNkb3QAFw9zcXVhcmVkRGlzdGFuY2UAGAZmaW5pdGUAGQpjb2x1bW5TdW1zABoLc3RhbmRhcmRpemUAGwNtaXgAHAptdWxDb2x1bW5zAB0EYWRhbQAeB3NvZnRtYXgAHw9zb2Z0bWF4QmFja3dhcmQAIBRjcm9zc0VudHJvcHlCYWNrd2FyZAAhBmltMmNvbAAiBmNvbDJpbQAjB21heFBvb2wAJA9tYXhQb29sQmFja3dhcmQAJQqpBSYNACAAIAEgAkEAEQAACw0AIAAgASACQQERAQALDQAgACABIAJBAhECAAsNACAAIAEgAkEDEQMACw0AIAAgASACQQQRBAALDwAgACABIAIgA0EFEQUACw8AIAAgASACIANBBhEGAAsPACAAIAEgAiADQQcRBwALDwAgACABIAIgA0EIEQgACw8AIAAgASACIANBCREJAAsPACAAIAEgAiADQQoRCgALDwAgACABIAIgA0ELEQsACw8AIAAgASACIANBDBEMAAsPACAAIAEgAiADQQ0RDQALDwAgACABIAIgA0EOEQ4ACw8AIAAgASACIANBDxEPAAsZACAAIAEgAiADIAQgBSAGIAcgCEEQERAACxkAIAAgASACIAMgBCAFIAYgByAIQREREQALGQAgACABIAIgAyAEIAUgBiAHIAhBEhESAAsRACAAIAEgAiADIARBExETAAsTACAAIAEgAiADIAQgBUEUERQACxcAIAAgASACIAMgBCAFIAYgB0EVERUACwsAIAAgAUEWERYACw0AIAAgASACQRcRFwALDQAgACABIAJBGBEYAAsLACAAIAFBGREZAAsRACAAIAEgAiADIARBGhEaAAsTACAAIAEgAiADIAQgBUEbERsACxMAIAAgASACIAMgBCAFQRwRHAALEQAgACABIAIgAyAEQR0RHQALFwAgACABIAIgAyAEIAUgBiAHQR4RHgALEwAgACABIAIgAyAEIAVBHxEfAAsRACAAIAEgAiADIARBIBEgAAsTACAAIAEgAiADIAQgBUEhESEACxUAIAAgASACIAMgBCAFIAZBIhEiAAsVACAAIAEgAiADIAQgBSAGQSMRIwALFQAgACABIAIgAyAEIAUgBkEkESQACxEAIAAgASACIAMgBEElESUACw==";
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
