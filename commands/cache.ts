import type { Command } from "commander";
import type { App } from "../cli/app.ts";
import { addExamples } from "../cli/examples.ts";
import { sanitizeLine, toJson } from "../cli/sanitize.ts";
import { clearInspectionStore, openInspectionStore } from "../store/inspection_store.ts";
import { CACHE_BYTES, reviewCacheFolder } from "./review/review_cache_place.ts";

export function define(command: Command, app: App): void {
  command.command("info")
    .summary("how much it holds, and where")
    .description("Tells how many files' reviews are kept, where, and what they take.")
    .option("--json", "as JSON")
    .action((flags: { json?: boolean }) => info(flags, app));
  command.command("clear")
    .summary("remove what is kept")
    .description("Removes what is kept of earlier reviews.")
    .action(() => clear(app));
  addExamples(command, [
    ["devmcp cache info", "how much it holds, and where"],
    ["devmcp cache clear", "remove what is kept"],
  ]);
}

function info({ json }: { json?: boolean }, app: App): void {
  const folder = reviewCacheFolder(app.env);
  const store = openInspectionStore({ folder, maxBytes: CACHE_BYTES });
  const { entries, bytes } = store?.info() ?? { entries: 0, bytes: 0 };
  store?.close();
  const facts = { folder, usable: store !== undefined, entries, bytes, max_bytes: CACHE_BYTES };
  if (json) return app.stdout.write(`${toJson({ version: 1, ...facts })}\n`);
  const room = `${megabytes(bytes)} of at most ${megabytes(CACHE_BYTES)}`;
  const held = store
    ? `${entries} reviewed ${entries === 1 ? "file" : "files"}, ${room}`
    : "not used: the folder cannot be written, or is open to others";
  app.stdout.write(`${sanitizeLine(folder)}\n${held}\n`);
}

function clear(app: App): void {
  const folder = reviewCacheFolder(app.env);
  clearInspectionStore(folder);
  app.stdout.write(`Removed what was kept of reviews in ${sanitizeLine(folder)}\n`);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
