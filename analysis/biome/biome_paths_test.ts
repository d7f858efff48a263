import assert from "node:assert/strict";
import { besidePackages, patternsBesidePackages } from "./biome_paths.ts";

const PATHS: [path: string, seen: string][] = [
  ["/p/node_modules/a/node_modules/b.js", "/p/node-modules/a/node-modules/b.js"],
  ["!**/{node_modules,dist}/**", "!**/{node-modules,dist}/**"],
  ["**/node_modules", "**/node-modules"],
  ["/p/node_modules.js", "/p/node_modules.js"],
  ["/p/my_node_modules/a.js", "/p/my_node_modules/a.js"],
];
for (const [path, seen] of PATHS) {
  Deno.test(`besidePackages() of "${path}" is "${seen}"`, () => {
    assert.equal(besidePackages(path), seen);
  });
}

Deno.test("patternsBesidePackages() changes patterns of files, and no rule's options", () => {
  const rest = { linter: { rules: { style: { x: { options: { paths: ["node_modules"] } } } } } };
  assert.deepEqual(
    patternsBesidePackages({ ...rest, files: { includes: ["!node_modules"] } }),
    { ...rest, files: { includes: ["!node-modules"] } },
  );
});
