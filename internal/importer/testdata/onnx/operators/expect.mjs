// Asks onnxruntime-web, from the node_modules of the working directory, what
// output y of every graph here is for the rows in inputs.json, and writes
// expected.json.
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ort = createRequire(process.cwd() + '/')('onnxruntime-web');
ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'error';
const here = new URL('.', import.meta.url);
const inputs = JSON.parse(readFileSync(new URL('inputs.json', here)));
const expected = {};
for (const [name, { shape, x }] of Object.entries(inputs)) {
  try {
    const session = await ort.InferenceSession.create(readFileSync(fileURLToPath(new URL(name + '.onnx', here))));
    const result = await session.run({ x: new ort.Tensor('float32', Float32Array.from(x), shape) }, ['y']);
    expected[name] = Array.from(result.y.data, Number);
  } catch (e) {
    console.error(name, String(e).slice(0, 300));
  }
}
writeFileSync(new URL('expected.json', here), JSON.stringify(expected, null, 0).replaceAll('],"', '],\n"') + '\n');
