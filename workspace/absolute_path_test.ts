import assert from "node:assert/strict";
import { resolve } from "node:path";
import fc from "fast-check";
import { absolutePath } from "./absolute_path.ts";

Deno.test("absolutePath() gives what resolve() does", () => {
  const part = fc.constantFrom("", ".", "..", "...", "a", ".b", "c.py", " ", "é", "-");
  const path = fc.tuple(fc.boolean(), fc.array(part, { maxLength: 5 }))
    .map(([isAbsolute, parts]) => (isAbsolute ? "/" : "") + parts.join("/"));
  fc.assert(
    fc.property(fc.constantFrom("/", "/w", "/w/x y"), path, (folder, path) => {
      assert.equal(absolutePath(folder, path), resolve(folder, path));
    }),
    { numRuns: 2000 },
  );
});
