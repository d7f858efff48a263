import type { App } from "../../cli/app.ts";
import { colorDiff } from "../../cli/diff_text.ts";
import { sanitizeLine, toJson } from "../../cli/sanitize.ts";
import type { TextFile } from "../../config/edit_text_file.ts";
import type { InstallFlags } from "./client_file.ts";
import type { McpClient } from "./mcp_clients.ts";

/** What was done to a client's file, or would be. */
export interface Installed {
  client: McpClient;
  /** As it was. */
  file: TextFile;
  /** As it is now. */
  text: string;
  name: string;
  done: "added" | "replaced" | "removed" | "unchanged";
  /** Where the old one is kept. */
  backup?: string;
}

/** A file in one line, as some programs write it, would fill the screen. */
const MAX_LINE = 400;

/** Says what was done; shows the difference where an entry was replaced, or nothing was written. */
export async function tellInstall(
  app: App,
  { client, file, text, name, done, backup }: Installed,
  { dryRun = false, json }: InstallFlags,
): Promise<void> {
  const { unifiedDiff } = await import("../../analysis/text/line_diff.ts");
  const isShown = json || dryRun || done === "replaced";
  const diff = isShown ? cutLines(unifiedDiff(file.path, file.text, text)) : "";
  if (json) {
    const { id } = client;
    const fields = { client: id, file: file.path, name, action: done, dry_run: dryRun };
    const output = { version: 1, ...fields, backup: backup ?? null, diff };
    return app.stdout.write(`${toJson(output, 2)}\n`);
  }
  if (diff) app.stdout.write(colorDiff(diff, app.stdout));
  const words = dryRun && done !== "unchanged" ? `would be ${done}` : done;
  const kept = backup === undefined ? "" : `; it was saved as ${backup}`;
  app.stderr.write(`${sanitizeLine(`${file.path}: ${name} ${words}${kept}`)}\n`);
  if (!dryRun && done !== "unchanged") {
    app.stderr.write(`${client.title} reads it when it starts anew\n`);
  }
}

function cutLines(diff: string): string {
  return diff.split("\n")
    .map((line) => line.length > MAX_LINE ? `${line.slice(0, MAX_LINE)}…` : line).join("\n");
}
