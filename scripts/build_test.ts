import assert from "node:assert/strict";
import { withoutRequire } from "./build.ts";

Deno.test("withoutRequire() takes Deno's globals instead of what a bundle cannot load", () => {
  const rows: [string, string][] = [
    ['var a=W("node:process");', "var a=process;"],
    ['$e("node:buffer").Buffer', "({Buffer}).Buffer"],
    ['await import("node:module")', 'await import("node:module")'],
  ];
  for (const [given, wanted] of rows) assert.equal(withoutRequire(given), wanted);
  assert.throws(() => withoutRequire('W("node:tty")'), /requires node:tty/);
});
