import type { Rules } from "../analysis/rules/rules.ts";
import type { App } from "./app.ts";

/** Reads the embedded catalogues of rules. */
export async function loadRules({ loadAsset }: Pick<App, "loadAsset">): Promise<Rules> {
  const [{ createRules }, { readBiomeRules }, { markdownRules }, ruff, biome] = await Promise.all([
    import("../analysis/rules/rules.ts"),
    import("../analysis/biome/biome_rules.ts"),
    import("../analysis/engines/markdown_catalog.ts"),
    loadAsset("rules.json"),
    loadAsset("biome_rules.json"),
  ]);
  const decoder = new TextDecoder();
  const others = [...readBiomeRules(decoder.decode(biome)), ...markdownRules()];
  return createRules(decoder.decode(ruff), others);
}
