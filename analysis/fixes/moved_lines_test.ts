import { deepEqual } from "node:assert/strict";
import { movedLines } from "./moved_lines.ts";

const at = (before: string[], after: string[]) => {
  const move = movedLines(before.join("\n"), after.join("\n"));
  return before.map((_, index) => move({ first: index + 1, last: index + 1 })?.first);
};

Deno.test("movedLines() follows lines, and knows which are no more", () => {
  deepEqual(at(["a", "b", "c"], ["a", "x", "y", "c"]), [1, 2, 4]);
  deepEqual(at(["a", "b", "c"], ["a", "c"]), [1, undefined, 2]);
  deepEqual(at(["a", "b"], ["z", "a", "b"]), [2, 3]);
});

Deno.test("movedLines() takes a notebook's line for the same when the one behind it is gone", () => {
  const cell = (...lines: string[]) => ["[", ...lines, "]"];
  deepEqual(at(cell('"a\\n",', '"b"'), cell('"a"')), [1, 2, undefined, 3]);
  deepEqual(at(cell('"a\\n",', '"b"'), cell('"a\\n"')), [1, 2, undefined, 3]);
});
