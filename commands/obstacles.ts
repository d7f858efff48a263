import type { App } from "../cli/app.ts";
import { writeWarnings } from "../cli/warnings.ts";
import { loadConfig } from "../config/load.ts";
import { ToolError } from "../config/tool_error.ts";

/** Tells why a value that was just written may not be the effective one here. */
export async function tellObstacles(key: string, file: string, app: App): Promise<void> {
  writeWarnings(await findObstacles(key, file, app), app);
}

async function findObstacles(key: string, file: string, { cwd, env }: App): Promise<string[]> {
  try {
    const { origins, warnings } = await loadConfig({ cwd, env });
    const origin = origins.get(key);
    if (origin?.kind === "environment") {
      return [`${key} has no effect as long as ${origin.variable} is set`];
    }
    const isOverruled = origin?.kind === "project" && origin.file !== file;
    return isOverruled ? [`${key} is set to something else here by ${origin.file}`] : warnings;
  } catch (error) {
    return error instanceof ToolError ? [error.message] : [];
  }
}
