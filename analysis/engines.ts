import type { Ruff } from "./ruff.ts";
import type { PythonParser } from "./syntax.ts";

/** The analysis engines, each loaded at its first use and kept. */
export interface Engines {
  ruff(): Promise<Ruff>;
  python(): Promise<PythonParser>;
}

type Load = (
  name: "ruff.wasm" | "ruff_glue.js" | "tree-sitter.wasm" | "tree-sitter-python.wasm",
) => Promise<Uint8Array<ArrayBuffer>>;

/** Builds the engines over `load`, which gives the bytes of an embedded file. */
export function createEngines(load: Load): Engines {
  return {
    ruff: once(async () => {
      const [{ createRuff }, wasm, glue] = await Promise.all([
        import("./ruff.ts"),
        load("ruff.wasm"),
        load("ruff_glue.js"),
      ]);
      return createRuff(wasm, new TextDecoder().decode(glue));
    }),
    python: once(async () => {
      const [{ createPythonParser }, core, grammar] = await Promise.all([
        import("./syntax.ts"),
        load("tree-sitter.wasm"),
        load("tree-sitter-python.wasm"),
      ]);
      return createPythonParser(core, grammar);
    }),
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => made ??= make();
}
