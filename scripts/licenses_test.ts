import assert from "node:assert/strict";
import { join } from "node:path";
import { collectLicenses, packagesOf, readLicense } from "./licenses.ts";

Deno.test("packagesOf() follows dependencies where it is asked to", () => {
  const one = (name: string, ...dependencies: string[]) => ({ name, version: "1", dependencies });
  const graph = {
    modules: [{}, { npmPackage: "a@1" }, { npmPackage: "a@1" }],
    npmPackages: {
      "a@1": one("a", "b@1"),
      "b@1": one("b", "c@1"),
      "c@1": one("c", "a@1"),
      "unused@1": one("unused"),
    },
  };
  assert.deepEqual(packagesOf(graph, true).map(({ name }) => name), ["a", "b", "c"]);
  assert.deepEqual(packagesOf(graph, false).map(({ name }) => name), ["a"]);
});

Deno.test("readLicense() joins the texts, and refuses a package without one", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const write = (name: string, text: string) => Deno.writeTextFile(join(folder, name), text);
    await write("package.json", '{"name":"a","version":"1.2.3","license":"MIT"}');
    await assert.rejects(readLicense(folder), /^Error: Cannot pack "a": it carries no licence/);
    await write("license.md", "the text\n");
    await write("NOTICE", "the notice\n");
    const text = "the notice\n\nthe text\n";
    const expected = { name: "a", version: "1.2.3", license: "MIT", text };
    assert.deepEqual(await readLicense(folder), expected);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("collectLicenses() finds what is bundled and packed, and no tools of tests", async () => {
  const licenses = await collectLicenses();
  const names = licenses.map(({ name }) => name);
  for (const name of ["devmcp", "Deno", "V8", "zod", "diff", "tree-sitter-python"]) {
    assert.ok(names.includes(name), name);
  }
  assert.ok(!names.includes("fast-check"));
  const versions = licenses.map(({ name, version = "" }) => `${name}@${version}`);
  assert.equal(new Set(versions).size, versions.length);
  const { text } = licenses.find(({ name }) => name === "@astral-sh/ruff-wasm-nodejs")!;
  assert.match(text, /flake8/);
});
