import { equal } from "node:assert/strict";
import { subjectOf } from "./subject_of.ts";

Deno.test("subjectOf() names what was asked for, and the folder where that is all of it", () => {
  const table: [string[], string | undefined, string][] = [
    [["."], undefined, "shop"],
    [["/usr/lib/x"], undefined, "/usr/lib/x"],
    [["src", "tests"], undefined, "src, tests"],
    [["-"], undefined, "stdin.py"],
    [["-"], "a.py", "a.py"],
    [Array.from({ length: 90 }, (_, n) => `${n}.py`), undefined, "0.py and 89 more"],
  ];
  for (const [operands, stdinFilename, subject] of table) {
    equal(subjectOf({ operands, stdinFilename }, { cwd: "/home/me/shop" }), subject);
  }
});
