import { loadAsset } from "../../assets/load.ts";
import { createBiome } from "./biome.ts";
import { BIOME } from "../built_in_engines.ts";

/** The one Biome of all tests here. */
export const biome = createBiome(
  await loadAsset("biome.wasm"),
  new TextDecoder().decode(await loadAsset("biome_glue.js")),
  BIOME,
);
