import assert from "node:assert/strict";
import { loadAsset } from "../../assets/load.ts";
import { openBiome } from "./biome.ts";
import { type BiomeProject, createBiomeWasm } from "./biome_wasm.ts";
import { EngineTrap } from "../engines/engine_trap.ts";

const module = new WebAssembly.Module(await loadAsset("biome.wasm"));
const glue = new TextDecoder().decode(await loadAsset("biome_glue.js"));
const PLAIN: BiomeProject = { root: "/", configuration: {} };

Deno.test("withFile() makes a new instance after a trap", () => {
  const engine = createBiomeWasm(module, glue);
  const trap = () => {
    throw new WebAssembly.RuntimeError("unreachable");
  };
  assert.throws(
    () => engine.withFile(PLAIN, "/a.js", "f();", trap),
    (error: unknown) => error instanceof EngineTrap && !error.tooDeep,
  );
  const format = () =>
    engine.withFile(PLAIN, "/a.js", "f( )", ({ workspace, file }) => workspace.formatFile(file));
  assert.equal(format().code, "f();\n");
});

Deno.test("withFile() closes the file whatever happens, and keeps the instance", () => {
  const engine = createBiomeWasm(module, glue);
  const workspaces = new Set<unknown>();
  const paths: string[] = [];
  for (let i = 0; i < 3; i++) {
    const work = () =>
      engine.withFile(PLAIN, "/a.js", "f();", ({ workspace, file }) => {
        workspaces.add(workspace);
        paths.push(file.path);
        throw new Error("no");
      });
    assert.throws(work, /^Error: no$/);
  }
  assert.deepEqual([workspaces.size, new Set(paths).size], [1, 1]);
});

Deno.test("withFile() gives up an instance with too many projects", () => {
  const engine = createBiomeWasm(module, glue);
  const workspaces = new Set<unknown>();
  for (let i = 0; i < 70; i++) {
    const project = { root: "/", configuration: { formatter: { lineWidth: 20 + i } } };
    engine.withFile(project, "/a.js", "f();", ({ workspace }) => workspaces.add(workspace));
  }
  assert.equal(workspaces.size, 2);
});

Deno.test("withFile() gives up a workspace that has seen many files, however short", () => {
  const engine = createBiomeWasm(module, glue);
  const workspaces = new Set<unknown>();
  for (let i = 0; i < 2500; i++) {
    engine.withFile(PLAIN, `/${i}.js`, "f();", ({ workspace }) => workspaces.add(workspace));
  }
  assert.equal(workspaces.size, 2);
});

Deno.test("lint() and format() of an engine that fails say so", async () => {
  const fails = () => {
    throw new EngineTrap(new WebAssembly.RuntimeError("unreachable"), "panicked at x.rs");
  };
  const broken = openBiome({ support: fails, withFile: fails }, { name: "Biome", version: "0" });
  const source = { path: "a.js", text: "f();", language: "javascript" } as const;
  const [issue, ...more] = await broken.lint(source, {});
  assert.deepEqual([issue!.rule, issue!.severity, more], ["analysis-failed", "critical", []]);
  assert.match(issue!.message, /Biome failed \(panicked at x\.rs\)/);
  assert.throws(() => broken.format(source, {}), /the formatter failed \(panicked at x\.rs\)/);
});
