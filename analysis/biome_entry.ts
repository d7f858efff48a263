import type { Biome } from "./biome.ts";
import type { EngineEntry } from "./engine.ts";

/** Biome in the tables of linters and formatters: one engine for both. */
export const BIOME: EngineEntry<Biome> = {
  name: "Biome",
  version: "2.5.14",
  configFiles: ["biome.json", "biome.jsonc", ".biome.json", ".biome.jsonc"],
  async load(bytes) {
    const [{ createBiome }, wasm, glue] = await Promise.all([
      import("./biome.ts"),
      bytes("biome.wasm"),
      bytes("biome_glue.js"),
    ]);
    const { name, version } = BIOME;
    return createBiome(wasm, new TextDecoder().decode(glue), { name, version });
  },
};
