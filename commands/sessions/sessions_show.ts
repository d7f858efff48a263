import type { App } from "../../cli/app.ts";
import { renderMarkdown } from "../../cli/markdown_text.ts";
import { toJson } from "../../cli/sanitize.ts";
import { EXPORT_FORMATS, type ExportFormat, exportSession } from "../../cli/html/export_session.ts";
import { sessionMarkdown } from "../../sessions/session_markdown.ts";
import { openSessions } from "../open_sessions.ts";
import { checkOutput, type OutputFlags, writeGenerated } from "../write_generated.ts";

/** `devmcp sessions show` */
export async function showSession(
  id: string,
  app: App,
  { results = false, json }: { results?: boolean; json?: boolean },
): Promise<void> {
  const session = await openSessions(app).read(id);
  if (json) return app.stdout.write(`${toJson(session, 2)}\n`);
  app.stdout.write(renderMarkdown(sessionMarkdown(session, { results }), app.stdout));
}

/** `devmcp sessions export` */
export async function exportOne(
  id: string,
  app: App,
  flags: OutputFlags & { format?: ExportFormat },
): Promise<void> {
  const session = await openSessions(app).read(id);
  await checkOutput(app, flags);
  const format = flags.format ?? formatOf(flags.output);
  const content = exportSession(session, format);
  await writeGenerated(app, content, { id: session.id, format, content }, flags);
}

const ENDINGS = new Map<string, ExportFormat>([
  ["json", "json"],
  ["html", "html"],
  ["htm", "html"],
]);

/** By the end of the file's name. */
function formatOf(output = ""): ExportFormat {
  const ending = /\.(\w+)$/.exec(output)?.[1]?.toLowerCase() ?? "";
  return ENDINGS.get(ending) ?? EXPORT_FORMATS[0];
}
