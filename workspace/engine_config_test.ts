import assert from "node:assert/strict";
import { join } from "node:path";
import { MARKDOWNLINT } from "../analysis/built_in_engines.ts";
import type { EngineConfig } from "../analysis/engine.ts";
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
      return [config!, ...config!.others!, ...config!.above ? [config!.above] : []]
        .map(({ path }) => path)
        .map((path) => path.slice(folder.length + 1));
    };
    const top = ["biome.json", "base.json", ".editorconfig"];
    assert.deepEqual(await of("a.js"), [...top, "package.json"]);
    assert.deepEqual(await of("src/deep/a.js"), [...top, "package.json"]);
    assert.deepEqual(await of("sub/a.js"), ["sub/biome.jsonc", "sub/package.json", "biome.json"]);
    const nested = await openWorkspace(folder).engineConfig("sub/a.js", BIOME);
    assert.equal(nested!.above!.others![0]!.path, join(folder, "base.json"));
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

Deno.test("engineConfig() finds what a package exports, in the nearest node_modules", async () => {
  const manifest = {
    exports: {
      ".": "./main.json",
      "./biome": { node: "./no.json", biome: "./b/biome.json" },
      "./all/*": "./b/*.json",
      "./require": { require: "./b/biome.json" },
      "./out": "../../../secret.json",
    },
  };
  const files = {
    "secret.json": "{}",
    "node_modules/@o/p/package.json": JSON.stringify(manifest),
    "node_modules/@o/p/main.json": "{}",
    "node_modules/@o/p/no.json": "{}",
    "node_modules/@o/p/b/biome.json": "{}",
    "node_modules/plain/package.json": '{"main": "x.json"}',
    "node_modules/plain/x.json": "{}",
    "node_modules/plain/y.jsonc": "{}",
    "node_modules/broken/package.json": "{",
    "sub/node_modules/plain/package.json": '{"main": "near.json"}',
    "sub/node_modules/plain/near.json": "{}",
  };
  const cases: [folder: string, name: string, path?: string][] = [
    ["", "@o/p", "node_modules/@o/p/main.json"],
    ["deep/er/", "@o/p", "node_modules/@o/p/main.json"],
    ["", "@o/p/biome", "node_modules/@o/p/b/biome.json"],
    ["", "@o/p/all/biome", "node_modules/@o/p/b/biome.json"],
    ["", "@o/p/require"],
    ["", "@o/p/b/biome.json"],
    ["", "@o/p/out"],
    ["", "plain", "node_modules/plain/x.json"],
    ["", "plain/y.jsonc", "node_modules/plain/y.jsonc"],
    ["", "plain/y"],
    ["", "plain/../../secret.json"],
    ["", "broken"],
    ["", "missing"],
    ["sub/", "plain", "sub/node_modules/plain/near.json"],
  ];
  await withFolder(files, async (folder) => {
    for (const [at, name, path] of cases) {
      await Deno.mkdir(join(folder, at), { recursive: true });
      const config = join(folder, at, "biome.json");
      await Deno.writeTextFile(config, JSON.stringify({ extends: [name] }));
      await Deno.writeTextFile(join(folder, at, "a.js"), "");
      for (const confined of [false, true]) {
        const workspace = openWorkspace(folder, { confined });
        const found = await workspace.engineConfig(`${at}a.js`, BIOME);
        const paths = found!.others?.map((
          { path, named },
        ) => [path.replace(`${folder}/`, ""), named]);
        assert.deepEqual(paths, path === undefined ? undefined : [[path, name]], name);
      }
      await Deno.remove(config);
    }
  });
});

Deno.test("engineConfig() follows what Markdown's settings extend, and those further up", async () => {
  const files = {
    ".markdownlint.json": '{"extends": "./a/base.yaml"}',
    "a/base.yaml": "extends: ../b.json # why\n",
    "b.json": '{"extends": "c"}',
    "node_modules/c/package.json": '{"main": "c.json"}',
    "node_modules/c/c.json": "{}",
    ".markdownlint-cli2.yaml": "ignores: [x]\n",
    "docs/.markdownlint.yaml": "extends: 'loop.yaml'\n",
    "docs/loop.yaml": "extends: loop.yaml\n",
  };
  await withFolder(files, async (folder) => {
    const { configFiles } = MARKDOWNLINT;
    const config = await openWorkspace(folder).engineConfig("docs/a.md", configFiles);
    const names = (one: EngineConfig): string[] => [
      one.path.slice(folder.length + 1),
      ...one.others?.flatMap(names) ?? [],
    ];
    assert.deepEqual(names(config!.above!), [
      ...[".markdownlint.json", "a/base.yaml", "b.json", "node_modules/c/c.json"],
    ]);
    assert.deepEqual(names(config!).filter((name) => name === "docs/loop.yaml").length, 9);
    assert.equal(names(config!).at(-1), ".markdownlint-cli2.yaml");
  });
});
