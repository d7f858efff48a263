import type { Command } from "commander";
import { join } from "node:path";
import type { App } from "../cli/app.ts";
import { addExamples } from "../cli/examples.ts";
import { sanitizeLine, toJson } from "../cli/sanitize.ts";
import { CONFIG_NAME, isThere, userConfigFile } from "../config/find_file.ts";
import { ToolError } from "../config/tool_error.ts";

interface Flags {
  user?: boolean;
  force?: boolean;
  json?: boolean;
}

export function define(command: Command, app: App): void {
  command
    .option("--user", "your own, for every project; without it one for this folder")
    .option("--force", "write over one that is there")
    .option("--json", "what was written as JSON")
    .action((flags: Flags) => init(app, flags));
  addExamples(command, [
    ["devmcp init", "devmcp.yaml in this folder, every key explained"],
    ["devmcp init --user", "your own"],
  ]);
}

async function init(
  { cwd, env, stdout }: App,
  { user = false, force, json }: Flags,
): Promise<void> {
  const file = user ? userConfigFile(env) : join(cwd, CONFIG_NAME);
  const [{ configTemplate }, { createTextFile, replaceTextFile }] = await Promise.all([
    import("../config/template.ts"),
    import("../config/write_file.ts"),
  ]);
  if (force) await replaceTextFile(file, configTemplate(), { followLinks: user });
  else if (isThere(file)) throw alreadyThere(file);
  else await createTextFile(file, configTemplate());
  stdout.write(
    json
      ? `${toJson({ version: 1, file })}\n`
      : `${sanitizeLine(file)} written; every key is there, with its default behind a #\n`,
  );
}

function alreadyThere(file: string): ToolError {
  return new ToolError(`Cannot write ${JSON.stringify(file)}: it is there already`, {
    hint: "--force writes over it",
  });
}
