import assert from "node:assert/strict";
import { join } from "node:path";
import { collectLicenses, packagesOf, readLicense } from "./licenses.ts";

Deno.test("packagesOf() names each package of some modules once", () => {
  const cache = "../../cache/npm/registry.example";
  const modules = ["main.ts", "a", "b"].map((name) => `${cache}/one/1.2.3/lib/${name}.js`);
  const scoped = `${cache}/@org/two/4.0.0-rc.1/index.js`;
  assert.deepEqual(packagesOf(["main.ts", ...modules, scoped]), [
    { name: "one", version: "1.2.3" },
    { name: "@org/two", version: "4.0.0-rc.1" },
  ]);
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
  for (const name of ["fast-check", "argparse", "railroad-diagrams", "@types/debug"]) {
    assert.ok(!names.includes(name), name);
  }
  const allowed = /^(?:MIT|ISC|MPL-2\.0|BSD-[23]-Clause|Apache-2\.0)(?: WITH | OR |$)/;
  assert.deepEqual(licenses.filter(({ license }) => !allowed.test(license)), []);
  const versions = licenses.map(({ name, version = "" }) => `${name}@${version}`);
  assert.equal(new Set(versions).size, versions.length);
  const { text } = licenses.find(({ name }) => name === "@astral-sh/ruff-wasm-nodejs")!;
  assert.match(text, /flake8/);
});
