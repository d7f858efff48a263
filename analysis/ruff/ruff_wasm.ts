import type * as RuffModule from "@astral-sh/ruff-wasm-nodejs";
import { EngineTrap, isTrap } from "../engines/engine_trap.ts";
import { evaluateGlue, type GlueInstance } from "../engines/wasm_glue.ts";

export { EngineTrap } from "../engines/engine_trap.ts";
export type RuffWorkspace = RuffModule.Workspace;
export type Diagnostic = RuffModule.Diagnostic;

/** Ruff in WebAssembly. Workspaces belong to an instance; both are made again after a trap. */
export interface RuffWasm {
  readonly version: string;
  /**
   * Runs `work` on a workspace with these options.
   *
   * @throws {EngineTrap} when WebAssembly itself failed
   * @throws what Ruff refuses: an Error for options it does not know, a syntax error for `format`
   */
  run<T>(options: Record<string, unknown>, work: (workspace: RuffWorkspace) => T): T;
}

interface Instance extends GlueInstance<typeof RuffModule> {
  /** By options, the least recently used first. */
  workspaces: Map<string, RuffWorkspace>;
}

/** Enough for a monorepo's projects; each costs a few hundred kB. */
const MAX_WORKSPACES = 8;
/** WebAssembly's memory never shrinks: an instance that needed more than this is given up. */
const MAX_MEMORY_BYTES = 160 * 1024 * 1024;

/** Starts Ruff. `glue` is the JavaScript of its npm package, `module` the package's WebAssembly. */
export function createRuffWasm(module: WebAssembly.Module, glue: string): RuffWasm {
  let instance: Instance | undefined;
  const current = () => instance ??= instantiate(module, glue);
  const keys = new WeakMap<object, string>();
  const keyOf = (options: object) => keys.get(options) ?? remember(keys, options);
  return {
    version: current().exports.Workspace.version(),
    run: (options, work) => {
      const running = current();
      try {
        return work(openWorkspace(running, keyOf(options)));
      } catch (error) {
        if (!isTrap(error)) throw error;
        instance = undefined;
        throw new EngineTrap(error, running.panic);
      } finally {
        if (running.memory.buffer.byteLength > MAX_MEMORY_BYTES) instance = undefined;
      }
    },
  };
}

function remember(keys: WeakMap<object, string>, options: object): string {
  // Preview mode would otherwise report names instead of codes.
  const key = JSON.stringify({ ...options, "output-prefer-rule-codes": true });
  keys.set(options, key);
  return key;
}

function openWorkspace({ exports: ruff, workspaces }: Instance, key: string): RuffWorkspace {
  let workspace = workspaces.get(key);
  if (workspace) workspaces.delete(key);
  else {
    workspace = new ruff.Workspace(JSON.parse(key), ruff.PositionEncoding.Utf8);
    const oldest = workspaces.size >= MAX_WORKSPACES && workspaces.keys().next().value;
    if (oldest) {
      workspaces.get(oldest)!.free();
      workspaces.delete(oldest);
    }
  }
  workspaces.set(key, workspace);
  return workspace;
}

function instantiate(module: WebAssembly.Module, glue: string): Instance {
  return Object.assign(evaluateGlue<typeof RuffModule>(module, glue), {
    workspaces: new Map<string, RuffWorkspace>(),
  });
}
