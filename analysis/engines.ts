import type { Engine, EngineEntry, LoadBytes } from "./engine.ts";
import type { Ruff } from "./ruff/ruff.ts";
import type { PythonParser } from "./syntax/syntax.ts";

/** The analysis engines, each loaded at its first use and kept. */
export interface Engines {
  ruff(): Promise<Ruff>;
  python(): Promise<PythonParser>;
  /** An engine of the tables in linters.ts and formatters.ts. */
  engine<E extends Engine>(entry: EngineEntry<E>): Promise<E>;
  /** Forgets an engine that broke: the next use loads it anew. */
  renew(entry: EngineEntry<Engine>): void;
}

/**
 * Builds the engines over `load`, which gives the bytes of an embedded file: only `Name`s, which the
 * engines here do not know.
 */
export function createEngines<Name extends string>(
  load: (name: Name) => Promise<Uint8Array<ArrayBuffer>>,
): Engines {
  const bytes = load as LoadBytes;
  const loaded = new Map<EngineEntry<Engine>, Promise<Engine>>();
  return {
    engine<E extends Engine>(entry: EngineEntry<E>) {
      const engine = loaded.get(entry) ?? entry.load(bytes);
      loaded.set(entry, engine);
      return engine as Promise<E>;
    },
    renew: (entry) => void loaded.delete(entry),
    ruff: once(async () => {
      const [{ createRuff }, wasm, glue] = await Promise.all([
        import("./ruff/ruff.ts"),
        bytes("ruff.wasm"),
        bytes("ruff_glue.js"),
      ]);
      return createRuff(wasm, new TextDecoder().decode(glue));
    }),
    python: once(async () => {
      const [{ createPythonParser }, core, grammar] = await Promise.all([
        import("./syntax/syntax.ts"),
        bytes("tree-sitter.wasm"),
        bytes("tree-sitter-python.wasm"),
      ]);
      return createPythonParser(core, grammar);
    }),
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => made ??= make();
}
