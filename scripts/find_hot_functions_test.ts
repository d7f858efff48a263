import assert from "node:assert/strict";
import { tracedFunctions } from "./find_hot_functions.ts";

Deno.test("tracedFunctions() takes the largest module's, each once", () => {
  const line = (module: string, index: number, tier = "Liftoff") =>
    `Compiled function ${module}#${index} using ${tier}, took 3 μs and 9 bytes; bodysize 8 codesize 9`;
  const trace = [
    line("0xa1", 4),
    line("0xb2", 9),
    line("0xb2", 3),
    "else",
    line("0xb2", 9, "TurboFan"),
  ];
  assert.deepEqual(tracedFunctions(trace.join("\n")), [3, 9]);
});

Deno.test("tracedFunctions() refuses a trace of nothing", () => {
  assert.throws(() => tracedFunctions(""), /no functions/);
});
