import assert from "node:assert/strict";
import { refuseOtherThanPython } from "./python_file.ts";

Deno.test("refuseOtherThanPython() goes by the extension", () => {
  const table: [string, RegExp | undefined][] = [
    ["a.py", undefined],
    ["dir.d/A.PYW", undefined],
    ["bin/script", undefined],
    [".hidden", undefined],
    ["dir.json/script", undefined],
    ["a.py.txt", /not a Python file/],
    ["n.ipynb", /notebooks are not supported/],
    ["t.pyi", /stub files are not supported/],
    ["data.json", /not a Python file/],
    ["C:\\x\\d.toml", /not a Python file/],
    ["a.constructor", /not a Python file/],
  ];
  for (const [path, message] of table) {
    if (message) assert.throws(() => refuseOtherThanPython(path), message, path);
    else refuseOtherThanPython(path);
  }
});
