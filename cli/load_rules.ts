import type { Rules } from "../analysis/rules.ts";
import type { App } from "./app.ts";

/** Reads the embedded catalogue of rules. */
export async function loadRules({ loadAsset }: Pick<App, "loadAsset">): Promise<Rules> {
  const [{ createRules }, bytes] = await Promise.all([
    import("../analysis/rules.ts"),
    loadAsset("rules.json"),
  ]);
  return createRules(new TextDecoder().decode(bytes));
}
