import assert from "node:assert/strict";
import { join } from "node:path";
import { withFolder } from "./testing_folder.ts";
import { openWorkspace } from "./workspace.ts";

const BIOME = ["biome.json", "biome.jsonc"];

Deno.test("engineConfig() gives the nearest, and what belongs to it", async () => {
  const files = {
    "biome.json": '{"extends": ["./base.json", "pkg"], "formatter": {"useEditorconfig": true}}',
    "base.json": '{"extends": ["./further.json"]}',
    "further.json": "{}",
    ".editorconfig": "[*]",
    "package.json": "{}",
    "sub/package.json": "{ }",
    "sub/biome.jsonc": '{"root": false, "extends": "//"}',
  };
  await withFolder(files, async (folder) => {
    const of = async (path: string) => {
      const config = await openWorkspace(folder).engineConfig(path, BIOME);
      return [config!.path, ...config!.others!.map(({ path }) => path)]
        .map((path) => path.slice(folder.length + 1));
    };
    const top = ["biome.json", "base.json", ".editorconfig"];
    assert.deepEqual(await of("a.js"), [...top, "package.json"]);
    assert.deepEqual(await of("src/deep/a.js"), [...top, "package.json"]);
    assert.deepEqual(await of("sub/a.js"), ["sub/biome.jsonc", "biome.json", "sub/package.json"]);
    const nested = await openWorkspace(folder).engineConfig("sub/a.js", BIOME);
    assert.equal(nested!.others![0]!.others![0]!.path, join(folder, "base.json"));
  });
});

Deno.test("engineConfig() gives what tells of a project where nothing is configured", async () => {
  await withFolder({ "package.json": "{}" }, async (folder) => {
    const workspace = openWorkspace(folder);
    const config = await workspace.engineConfig("a.js", BIOME);
    assert.deepEqual([config!.path, config!.text, config!.others!.length], ["", "", 1]);
    assert.equal(await workspace.engineConfig("a.go", []), undefined);
    assert.equal(await workspace.engineConfig("a.c", [".clang-format"]), undefined);
  });
});

Deno.test("engineConfig() of a confined workspace reads nothing outside of it", async () => {
  const files = {
    "biome.json": "{}",
    "secret.json": '{"a": 1}',
    "in/a.js": "",
    "in/biome.json": '{"extends": ["../secret.json", "//"]}',
  };
  await withFolder(files, async (folder) => {
    const workspace = openWorkspace(join(folder, "in"), { confined: true });
    const config = await workspace.engineConfig("a.js", BIOME);
    assert.deepEqual([config!.path, config!.others], ["biome.json", undefined]);
  });
});

Deno.test("engineConfig() refuses a configuration that is too large", async () => {
  await withFolder({ "biome.json": " ".repeat(2 ** 20 + 1) }, async (folder) => {
    const found = openWorkspace(folder).engineConfig("a.js", BIOME);
    await assert.rejects(found, /biome\.json": it is larger than 1 MiB$/);
  });
});
