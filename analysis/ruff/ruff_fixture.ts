import { loadAsset } from "../../assets/load.ts";
import { createRuff } from "./ruff.ts";

/** The one Ruff of all tests here. */
export const ruff = createRuff(
  await loadAsset("ruff.wasm"),
  new TextDecoder().decode(await loadAsset("ruff_glue.js")),
);
