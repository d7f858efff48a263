import type * as RuffModule from "@astral-sh/ruff-wasm-nodejs";
import { messageOf } from "../config/message_of.ts";

export type RuffWorkspace = RuffModule.Workspace;
export type Diagnostic = RuffModule.Diagnostic;

/** Thrown when the engine died in the middle of a file; the next call gets a new instance. */
export class EngineTrap extends Error {
  /** True when its stack was used up: the code is nested too deeply. */
  readonly tooDeep: boolean;

  constructor(cause: unknown, panic: string | undefined) {
    const reason = panic ?? messageOf(cause);
    super(reason, { cause });
    this.name = "EngineTrap";
    this.tooDeep = cause instanceof RangeError || /out of bounds|call stack/.test(reason);
  }
}

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

interface Instance {
  ruff: typeof RuffModule;
  memory: WebAssembly.Memory;
  /** By options, the least recently used first. */
  workspaces: Map<string, RuffWorkspace>;
  /** What a panic printed, for the message. */
  panic: string | undefined;
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
    version: current().ruff.Workspace.version(),
    run: (options, work) => {
      const running = current();
      try {
        return work(openWorkspace(running, keyOf(options)));
      } catch (error) {
        if (!(error instanceof WebAssembly.RuntimeError || error instanceof RangeError)) {
          throw error;
        }
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

function openWorkspace({ ruff, workspaces }: Instance, key: string): RuffWorkspace {
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

/**
 * Evaluates the package's CommonJS. It is text because it reads its .wasm from the disk when it is
 * imported, where a compiled binary has none; it comes out of our own binary, never from a user.
 * What it would reach for is given as arguments instead:
 * - `WebAssembly`: the module compiled once, and a view on the memory that the glue keeps private;
 * - `console`: a panic is printed there, and stdout and stderr are not the engine's;
 * - `FinalizationRegistry`: none, since it would call into an instance that died.
 */
function instantiate(module: WebAssembly.Module, glue: string): Instance {
  const exports = {} as typeof RuffModule;
  const made: Pick<Instance, "memory" | "panic"> = {
    memory: new WebAssembly.Memory({ initial: 0 }),
    panic: undefined,
  };
  const ignore = () => {};
  const console = { debug: ignore, info: ignore, log: ignore, warn: ignore, error: tell };
  function tell(message: unknown): void {
    made.panic ??= String(message).split("\n").slice(0, 2).join(" ").slice(0, 500);
  }
  class WatchedInstance extends WebAssembly.Instance {
    constructor(compiled: WebAssembly.Module, imports: WebAssembly.Imports) {
      super(compiled, imports);
      made.memory = this.exports.memory as WebAssembly.Memory;
    }
  }
  function Module(): WebAssembly.Module {
    return module;
  }
  const scope = {
    exports,
    require: () => ({ readFileSync: () => undefined }),
    __dirname: "",
    WebAssembly: { Instance: WatchedInstance, Module },
    console,
    FinalizationRegistry: undefined,
  };
  new Function(...Object.keys(scope), glue)(...Object.values(scope));
  return Object.assign(made, { ruff: exports, workspaces: new Map<string, RuffWorkspace>() });
}
