// Starts a Go program whose inner loops are in vectors. They work in the memory
// that the program itself brings, so they are bound after it is there: the
// program is linked to a small module, each function of which calls an entry of
// a table that is filled then. A call never comes through JavaScript. The page,
// the worker and the tests in Node start their program with this. slow() hears
// that the browser lacks vectors, or that `without` leaves them out: the table
// then stays empty and the program runs its own loops.
async function whyboxStart(go, module, slow = () => {}, without = false) {
  // Written by go generate ./internal/kernel.
  const trampolines = "AGFzbQEAAAABmAIjYAN/f38AYAN/f38AYAN/f38AYAN/f38AYAN/f38AYAR/f39/AGAEf39/fwBgBH9/f38AYAR/f39/AGAEf39/fwBgBH9/f38AYAR/f39/AGAEf39/fwBgBH9/f30AYAR/f399AGAEf39/fQBgCX9/f39/f39/fwBgCX9/f39/f39/fwBgCX9/f39/f39/fwBgAn9/AX1gA39/fwF9YAN/f38BfWACf38Bf2AFf39/f38AYAZ/f39/f38AYAZ/f39/f38AYAV/f39/fwBgCH9/f39/fX19AGAGf39/f39/AGAFf39/f38AYAZ/f39/f30AYAd/f39/f39/AGAHf39/f39/fwBgB39/f39/f38AYAV/f39/fwF/AyQjAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIEBAFwACMH7gIkBXRhYmxlAQAEcmVsdQAABHRhbmgAAQdzaWdtb2lkAAIDZXhwAAMDbG9nAAQDYWRkAAUDc3ViAAYDbXVsAAcGbXVsQWRkAAgGZGl2QWRkAAkMcmVsdUJhY2t3YXJkAAoMdGFuaEJhY2t3YXJkAAsPc2lnbW9pZEJhY2t3YXJkAAwEYXhweQANBXNjYWxlAA4Fc2hpZnQADwRnZW1tABAGZ2VtbVRBABEGZ2VtbVRCABIDc3VtABMDZG90ABQPc3F1YXJlZERpc3RhbmNlABUGZmluaXRlABYKY29sdW1uU3VtcwAXC3N0YW5kYXJkaXplABgDbWl4ABkKbXVsQ29sdW1ucwAaBGFkYW0AGwdzb2Z0bWF4ABwPc29mdG1heEJhY2t3YXJkAB0UY3Jvc3NFbnRyb3B5QmFja3dhcmQAHgZpbTJjb2wAHwZjb2wyaW0AIAdtYXhQb29sACEPbWF4UG9vbEJhY2t3YXJkACIK6wQjDQAgACABIAJBABEAAAsNACAAIAEgAkEBEQEACw0AIAAgASACQQIRAgALDQAgACABIAJBAxEDAAsNACAAIAEgAkEEEQQACw8AIAAgASACIANBBREFAAsPACAAIAEgAiADQQYRBgALDwAgACABIAIgA0EHEQcACw8AIAAgASACIANBCBEIAAsPACAAIAEgAiADQQkRCQALDwAgACABIAIgA0EKEQoACw8AIAAgASACIANBCxELAAsPACAAIAEgAiADQQwRDAALDwAgACABIAIgA0ENEQ0ACw8AIAAgASACIANBDhEOAAsPACAAIAEgAiADQQ8RDwALGQAgACABIAIgAyAEIAUgBiAHIAhBEBEQAAsZACAAIAEgAiADIAQgBSAGIAcgCEEREREACxkAIAAgASACIAMgBCAFIAYgByAIQRIREgALCwAgACABQRMREwALDQAgACABIAJBFBEUAAsNACAAIAEgAkEVERUACwsAIAAgAUEWERYACxEAIAAgASACIAMgBEEXERcACxMAIAAgASACIAMgBCAFQRgRGAALEwAgACABIAIgAyAEIAVBGREZAAsRACAAIAEgAiADIARBGhEaAAsXACAAIAEgAiADIAQgBSAGIAdBGxEbAAsTACAAIAEgAiADIAQgBUEcERwACxEAIAAgASACIAMgBEEdER0ACxMAIAAgASACIAMgBCAFQR4RHgALFQAgACABIAIgAyAEIAUgBkEfER8ACxUAIAAgASACIAMgBCAFIAZBIBEgAAsVACAAIAEgAiADIAQgBSAGQSERIQALEQAgACABIAIgAyAEQSIRIgAL";
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
