import assert from "node:assert/strict";
import project from "../deno.json" with { type: "json" };
import { listSources } from "../scripts/sources.ts";
import {
  findCycles,
  findForbiddenText,
  findForeignSpecifiers,
  findUnusedPackages,
  findWrongDirections,
  type SourceFile,
} from "./architecture.ts";

const ROOT = new URL("../", import.meta.url);

/** The part of `deno info --json` that is read here. */
interface ModuleGraph {
  modules: {
    specifier: string;
    dependencies?: {
      specifier: string;
      code?: { specifier?: string };
      type?: { specifier?: string };
    }[];
  }[];
}

/** `deno info` of a module that imports every source file, so that none is missed. */
async function readGraph(paths: string[]): Promise<ModuleGraph> {
  const all = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    const imports = paths.map((path) => `import ${JSON.stringify(new URL(path, ROOT).href)};\n`);
    await Deno.writeTextFile(all, imports.join(""));
    const args = ["info", "--json", "--config", new URL("deno.json", ROOT).pathname, all];
    const { stdout } = await new Deno.Command(Deno.execPath(), { args, cwd: ROOT }).output();
    return JSON.parse(new TextDecoder().decode(stdout));
  } finally {
    await Deno.remove(all);
  }
}

function toPath(url: string | undefined): string | undefined {
  return url?.startsWith(ROOT.href) ? decodeURI(url.slice(ROOT.href.length)) : undefined;
}

async function readHouse(): Promise<SourceFile[]> {
  const paths = await listSources();
  const { modules } = await readGraph(paths);
  const bySpecifier = new Map(modules.map((module) => [toPath(module.specifier), module]));
  return await Promise.all(paths.map(async (path) => ({
    path,
    text: await Deno.readTextFile(new URL(path, ROOT)),
    imports: (bySpecifier.get(path)?.dependencies ?? []).map(({ specifier, code, type }) => ({
      specifier,
      path: toPath(code?.specifier ?? type?.specifier),
    })),
  })));
}

/** A file of an invented house, which imports the given paths. */
function file(path: string, imports: string[] = [], text = ""): SourceFile {
  return {
    path,
    text,
    imports: imports.map((target) =>
      target.includes(".ts") ? { specifier: `./${target}`, path: target } : { specifier: target }
    ),
  };
}

const house = await readHouse();

Deno.test("the house is read with its imports", () => {
  const main = house.find(({ path }) => path === "main.ts");
  assert.ok(main?.imports.some(({ path }) => path?.startsWith("commands/")));
});

Deno.test("imports point one way", () => {
  assert.deepEqual(findWrongDirections(house), []);
});

Deno.test("imports make no cycle", () => {
  assert.deepEqual(findCycles(house), []);
});

Deno.test("every package comes through the import map", () => {
  assert.deepEqual(findForeignSpecifiers(house, Object.keys(project.imports)), []);
});

Deno.test("every package of the import map is imported", () => {
  assert.deepEqual(findUnusedPackages(house, Object.keys(project.imports)), []);
});

Deno.test("only edges exit, print, start programs and open files", () => {
  assert.deepEqual(findForbiddenText(house), []);
});

Deno.test("findWrongDirections() finds imports upwards, sideways, of tests and of unknown folders", () => {
  const bad = [
    file("tools/a.ts", ["commands/a.ts"]),
    file("server/a.ts", ["cli/a.ts"]),
    file("analysis/a.ts", ["analysis/b_test.ts"]),
    file("cli/a.ts", ["scripts/run.ts"]),
    file("novel/a.ts", ["config/a.ts"]),
    file("config/a.ts", ["main.ts"]),
  ];
  assert.equal(findWrongDirections(bad).length, bad.length);
  const good = [
    file("main.ts", ["commands/a.ts", "config/a.ts"]),
    file("tools/a.ts", ["tools/b.ts", "analysis/a.ts"]),
    file("tools/a_test.ts", ["tests/fixture.ts"]),
  ];
  assert.deepEqual(findWrongDirections(good), []);
});

Deno.test("findCycles() finds the files on a cycle and not those that lead to it", () => {
  const files = [
    file("a.ts", ["b.ts"]),
    file("b.ts", ["c.ts"]),
    file("c.ts", ["b.ts", "d.ts"]),
    file("d.ts"),
  ];
  assert.deepEqual(findCycles(files), ["b.ts", "c.ts"]);
  assert.deepEqual(findCycles([file("a.ts", ["a.ts"])]), ["a.ts"]);
  assert.deepEqual(findCycles([file("a.ts", ["b.ts"]), file("b.ts")]), []);
});

Deno.test("findForeignSpecifiers() finds packages that are not in the import map", () => {
  const files = [file("a.ts", ["zod", "zod/v4", "node:path", "b.ts", "npm:zod@4", "zodiac"])];
  assert.deepEqual(findForeignSpecifiers(files, ["zod"]), [
    'a.ts imports "npm:zod@4"',
    'a.ts imports "zodiac"',
  ]);
});

Deno.test("findUnusedPackages() finds what no file imports, by its name or by a path in it", () => {
  const files = [file("a.ts", ["zod/v4", "diff", "zodiac"])];
  assert.deepEqual(findUnusedPackages(files, ["zod", "diff", "ignore", "zodia"]), [
    "ignore",
    "zodia",
  ]);
});

Deno.test("findForbiddenText() finds what only some places may write", () => {
  const cases: [string, string, string[]][] = [
    ["cli/a.ts", "Deno.exit(1)", ["cli/a.ts: Deno.exit"]],
    ["main.ts", "Deno.exit(1)", []],
    ["server/a.ts", "console.log(1)", ["server/a.ts: console"]],
    ["cli/a.ts", "console.log(1)", []],
    ["cli/a.ts", "using a = open();\n  await a.lock();", [
      "cli/a.ts: a use that the bundler takes away (try and finally)",
    ]],
    ["cli/a.ts", "using a = open();\n  try { await a.lock(); } finally {}", []],
    ["server/a.ts", "const print = console.log", []],
    ["analysis/a.ts", "Deno.cwd()", ["analysis/a.ts: the world outside"]],
    ["tools/a.ts", 'import "node:process"', ["tools/a.ts: the world outside"]],
    ["cli/a.ts", "new Deno.Command(x)", ["cli/a.ts: starting programs"]],
    ["sandbox/a.ts", "new Deno.Command(x)", []],
    ["server/a.ts", "Deno.readTextFile(x)", ["server/a.ts: opening files"]],
    ["server/a.ts", 'import "node:fs/promises"', ["server/a.ts: opening files"]],
    ["workspace/a.ts", "Deno.openSync(x)", []],
    ["server/a.ts", "/** Deno.exit */ x; // console.log(1)", []],
    ["server/a.ts", 'fetch("http://x"); Deno.exit(1)', ["server/a.ts: Deno.exit"]],
    ["server/a_test.ts", "Deno.exit(1)", []],
    ["scripts/a.ts", "Deno.exit(1)", []],
  ];
  for (const [path, text, found] of cases) {
    assert.deepEqual(findForbiddenText([file(path, [], text)]), found, `${path}: ${text}`);
  }
});
