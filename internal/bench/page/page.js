"use strict";
// One worker a contender. Questions and answers go in turn, so that nothing
// else computes while one is timed.
const contenders = new Map();

// ask sends a question to a contender, which is started at its first, and
// returns its answer. It rejects with what went wrong.
function ask(name, question) {
  let c = contenders.get(name);
  if (!c) {
    c = new Worker("contender.js?" + name);
    contenders.set(name, c);
  }
  return new Promise((resolve, reject) => {
    c.onerror = (e) => reject(new Error(`${name}: ${e.message}`));
    c.onmessage = ({ data: { value, error, crash } }) => {
      if (error ?? crash) reject(new Error(`${name}: ${error ?? crash}`));
      else resolve(value);
    };
    c.postMessage(question);
  });
}

// output asks for what was computed last, as base64 of float64 values.
async function output(name, check) {
  const values = await ask(name, { op: "output", check });
  const reader = new FileReader();
  return new Promise((resolve) => {
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.readAsDataURL(new Blob([values]));
  });
}
