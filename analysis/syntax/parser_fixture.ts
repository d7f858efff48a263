import { loadAsset } from "../../assets/load.ts";
import { createPythonParser } from "./syntax.ts";

/** The one parser of all tests here. */
export const parser = await createPythonParser(
  await loadAsset("tree-sitter.wasm"),
  await loadAsset("tree-sitter-python.wasm"),
);
