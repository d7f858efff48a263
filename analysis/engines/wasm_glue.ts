/** An instance of WebAssembly with the JavaScript that wasm-bindgen made for it. */
export interface GlueInstance<Exports> {
  exports: Exports;
  memory: WebAssembly.Memory;
  /** What a panic printed, for the message. */
  panic: string | undefined;
}

/**
 * Evaluates a package's CommonJS. It is text because it reads its .wasm from the disk when it is
 * imported, where a compiled binary has none; it comes out of our own binary, never from a user.
 * What it would reach for is given as arguments instead:
 * - `WebAssembly`: the module compiled once, and a view on the memory that the glue keeps private;
 * - `console`: a panic is printed there, and stdout and stderr are not the engine's;
 * - `FinalizationRegistry`: none, since it would call into an instance that died.
 */
export function evaluateGlue<Exports>(
  module: WebAssembly.Module,
  glue: string,
): GlueInstance<Exports> {
  const made: GlueInstance<Exports> = {
    exports: {} as Exports,
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
    exports: made.exports,
    require: () => ({ readFileSync: () => undefined }),
    __dirname: "",
    WebAssembly: { Instance: WatchedInstance, Module },
    console,
    FinalizationRegistry: undefined,
  };
  new Function(...Object.keys(scope), glue)(...Object.values(scope));
  return made;
}
