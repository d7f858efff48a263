import type { Command } from "commander";
import type { App } from "../cli/app.ts";
import { addExamples } from "../cli/examples.ts";

interface Flags {
  yes?: boolean;
  list?: boolean;
  remove?: boolean;
  json?: boolean;
}

export function define(command: Command, app: App): void {
  command
    .argument("[path]", "a devmcp.yaml or its folder; without one, this project's")
    .option("-y, --yes", "without asking")
    .option("--list", "list the trusted files")
    .option("--remove", "end the trust")
    .option("--json", "the result as JSON")
    .action((path: string | undefined, flags: Flags) => run(path, app, flags));
  addExamples(command, [
    ["devmcp trust", "what this project asks for, and whether it may"],
    ["devmcp trust --list", "which files are trusted"],
    ["devmcp trust --remove ../app", "no longer"],
  ]);
}

async function run(path: string | undefined, app: App, flags: Flags): Promise<void> {
  const { listTrust, trustFile, untrustFile } = await import("./trust_files.ts");
  if (flags.list) return listTrust(app, flags);
  if (flags.remove) return await untrustFile(path, app, flags);
  await trustFile(path, app, flags);
}
