import type { App } from "../cli/app.ts";
import { countOf } from "../cli/style.ts";
import { userFolders } from "../config/folders.ts";
import { type Check, type Fix, guarded } from "./check.ts";
import { enabledTools } from "./enabled_tools.ts";

/** More warnings than this are counted. */
const MAX_WARNINGS = 10;

/** Checks devmcp.yaml, the user's and the project's: one line, and one for each warning. */
export async function checkSettings(app: App): Promise<Check[]> {
  const warnings: string[] = [];
  const check = await guarded("settings", async () => {
    const loaded = await app.config();
    warnings.push(...loaded.warnings);
    enabledTools(app.tools, loaded.values.tools.enabled);
    const files = new Set(
      [...loaded.origins.values()].flatMap((origin) => "file" in origin ? [origin.file] : []),
    );
    const detail = files.size > 0
      ? [...files].join(", ")
      : "no devmcp.yaml sets anything: the defaults hold";
    return { state: "ok", detail, fix: await folderFix(app) };
  });
  return [check, ...warnings.slice(0, MAX_WARNINGS).map(toCheck), ...countRest(warnings)];
}

function toCheck(detail: string): Check {
  const advice = '"devmcp config show" tells where each value comes from';
  return { name: "settings", state: "warning", detail, advice };
}

function countRest(warnings: string[]): Check[] {
  const rest = warnings.length - MAX_WARNINGS;
  return rest > 0
    ? [{ name: "settings", state: "warning", detail: `${countOf(rest, "more warning")}` }]
    : [];
}

/** The folder for devmcp.yaml and prompts: nothing is wrong without it. */
async function folderFix({ env }: App): Promise<Fix | undefined> {
  const { config } = userFolders(env);
  if (await Deno.stat(config).then(() => true, () => false)) return undefined;
  return {
    does: `create the folder ${config}`,
    asks: false,
    run: async () => {
      await Deno.mkdir(config, { recursive: true, mode: 0o700 });
      return `created the folder ${config}`;
    },
  };
}
