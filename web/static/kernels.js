// Starts a Go program whose inner loops are in vectors. They work in the memory
// that the program itself brings, so they are bound after it is there: the
// program is linked to a small module, each function of which calls an entry of
// a table that is filled then. A call never comes through JavaScript. The page,
// the worker and the tests in Node start their program with this. slow() hears
// that the browser lacks vectors, or that `without` leaves them out: the table
// then stays empty and the program runs its own loops.
async function whyboxStart(go, module, slow = () => {}, without = false) {
  // Written by go generate ./internal/kernel.
  const trampolines = "AGFzbQEAAAAB0gIoYAN/f38AYAN/f38AYAN/f38AYAN/f38AYAN/f38AYAR/f39/AGAEf39/fwBgBH9/f38AYAR/f39/AGAEf39/fwBgBH9/f38AYAR/f39/AGAEf39/fwBgBH9/f30AYAR/f399AGAEf39/fQBgCX9/f39/f39/fwBgCX9/f39/f39/fwBgCX9/f39/f39/fwBgC39/f39/f39/f39/AGALf39/f39/f39/f38AYAV/f39/fwBgBn9/f39/fwBgCH9/f39/f39/AGACf38BfWADf39/AX1gA39/fwF9YAJ/fwF/YAV/f39/fwBgBn9/f39/fwBgBn9/f39/fwBgBX9/f39/AGAIf39/f399fX0AYAZ/f39/f38AYAV/f39/fwBgBn9/f39/fQBgB39/f39/f38AYAd/f39/f39/AGAFf39/f38Bf2AJf39/f39/f39/AAMpKAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fICEiIyQlJicEBAFwACgHqwMpBXRhYmxlAQAEcmVsdQAABHRhbmgAAQdzaWdtb2lkAAIDZXhwAAMDbG9nAAQDYWRkAAUDc3ViAAYDbXVsAAcGbXVsQWRkAAgGZGl2QWRkAAkMcmVsdUJhY2t3YXJkAAoMdGFuaEJhY2t3YXJkAAsPc2lnbW9pZEJhY2t3YXJkAAwEYXhweQANBXNjYWxlAA4Fc2hpZnQADwRnZW1tABAGZ2VtbVRBABEGZ2VtbVRCABIJZ2VtbVBhcnRzABMLZ2VtbVBhcnRzVEEAFAptaXhDaG9pY2VzABUIbWl4VGFibGUAFgdtaXhTdW1zABcDc3VtABgDZG90ABkPc3F1YXJlZERpc3RhbmNlABoGZmluaXRlABsKY29sdW1uU3VtcwAcC3N0YW5kYXJkaXplAB0DbWl4AB4KbXVsQ29sdW1ucwAfBGFkYW0AIAdzb2Z0bWF4ACEPc29mdG1heEJhY2t3YXJkACIUY3Jvc3NFbnRyb3B5QmFja3dhcmQAIwZjb2wyaW0AJAdtYXhQb29sACUPbWF4UG9vbEJhY2t3YXJkACYHZGVzY2VuZAAnCukFKA0AIAAgASACQQARAAALDQAgACABIAJBAREBAAsNACAAIAEgAkECEQIACw0AIAAgASACQQMRAwALDQAgACABIAJBBBEEAAsPACAAIAEgAiADQQURBQALDwAgACABIAIgA0EGEQYACw8AIAAgASACIANBBxEHAAsPACAAIAEgAiADQQgRCAALDwAgACABIAIgA0EJEQkACw8AIAAgASACIANBChEKAAsPACAAIAEgAiADQQsRCwALDwAgACABIAIgA0EMEQwACw8AIAAgASACIANBDRENAAsPACAAIAEgAiADQQ4RDgALDwAgACABIAIgA0EPEQ8ACxkAIAAgASACIAMgBCAFIAYgByAIQRAREAALGQAgACABIAIgAyAEIAUgBiAHIAhBERERAAsZACAAIAEgAiADIAQgBSAGIAcgCEESERIACx0AIAAgASACIAMgBCAFIAYgByAIIAkgCkETERMACx0AIAAgASACIAMgBCAFIAYgByAIIAkgCkEUERQACxEAIAAgASACIAMgBEEVERUACxMAIAAgASACIAMgBCAFQRYRFgALFwAgACABIAIgAyAEIAUgBiAHQRcRFwALCwAgACABQRgRGAALDQAgACABIAJBGREZAAsNACAAIAEgAkEaERoACwsAIAAgAUEbERsACxEAIAAgASACIAMgBEEcERwACxMAIAAgASACIAMgBCAFQR0RHQALEwAgACABIAIgAyAEIAVBHhEeAAsRACAAIAEgAiADIARBHxEfAAsXACAAIAEgAiADIAQgBSAGIAdBIBEgAAsTACAAIAEgAiADIAQgBUEhESEACxEAIAAgASACIAMgBEEiESIACxMAIAAgASACIAMgBCAFQSMRIwALFQAgACABIAIgAyAEIAUgBkEkESQACxUAIAAgASACIAMgBCAFIAZBJRElAAsRACAAIAEgAiADIARBJhEmAAsZACAAIAEgAiADIAQgBSAGIAcgCEEnEScACw==";
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
