import type { Session } from "../../sessions/session.ts";
import { sessionHtml } from "./session_html.ts";
import { sessionMarkdown } from "../../sessions/session_markdown.ts";

export const EXPORT_FORMATS = ["markdown", "json", "html"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** A session as a text for other programs and people. */
export function exportSession(session: Session, format: ExportFormat): string {
  if (format === "json") return `${JSON.stringify(session, null, 2)}\n`;
  return format === "html" ? sessionHtml(session) : sessionMarkdown(session);
}
