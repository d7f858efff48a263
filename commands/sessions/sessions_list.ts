import type { App } from "../../cli/app.ts";
import { renderRows } from "../../cli/help.ts";
import { sanitizeLine, toJson } from "../../cli/sanitize.ts";
import { countOf, paletteOf } from "../../cli/style.ts";
import { type Column, renderTable } from "../../cli/table.ts";
import { writeWarnings } from "../../cli/warnings.ts";
import { dateText } from "../../sessions/date_text.ts";
import type { SessionInfo } from "../../sessions/session_store.ts";
import { openSessions } from "../open_sessions.ts";

interface Flags {
  here?: boolean;
  json?: boolean;
}

type Found = SessionInfo & { excerpt?: string };

/** `devmcp sessions list` */
export async function listSessions(app: App, { here, json }: Flags): Promise<void> {
  const found = await openSessions(app).list(here ? app.cwd : undefined);
  show(found, app, json, 'no sessions yet; "devmcp chat" begins one\n');
}

/** `devmcp sessions search` */
export async function searchSessions(
  words: string[],
  app: App,
  { here, json }: Flags,
): Promise<void> {
  const all = await openSessions(app).search(words.join(" "));
  const found = all.filter(({ folder }) => !here || folder === app.cwd);
  if (found.length === 0) app.exitCode = 1;
  show(found, app, json, "no session holds all of that\n");
}

function show(found: Found[], app: App, json: boolean | undefined, none: string): void {
  if (json) {
    return app.stdout.write(`${toJson({ version: 1, sessions: found.map(toFields) }, 2)}\n`);
  }
  const [broken, whole] = [found.filter(isBroken), found.filter((info) => !isBroken(info))];
  if (whole.length === 0) app.stderr.write(none);
  else app.stdout.write(render(whole, app));
  writeWarnings(broken.map(({ problem }) => problem!), app);
}

function isBroken({ problem }: Found): boolean {
  return problem !== undefined;
}

function toFields({ turns, isOpen, problem, ...info }: Found) {
  return { ...info, turns, is_open: isOpen, problem: problem ?? null };
}

/** A table where there is room for one. An id is an argument of other commands: it is never cut. */
function render(found: Found[], { stdout }: App): string {
  const { strong } = paletteOf(stdout);
  if (stdout.isTerminal && stdout.columns < MIN_COLUMNS) {
    return renderRows(found.map((info) => [info.id, `${titleOf(info)}, ${stateOf(info)}`]), stdout);
  }
  const columns = stdout.isTerminal ? stdout.columns : Infinity;
  return renderTable(found, columnsFor(found), { columns, heading: strong });
}

/** Below, titles would be cut to a word. */
const MIN_COLUMNS = 72;

function columnsFor(found: Found[]): Column<Found>[] {
  const isSearch = found.some(({ excerpt }) => excerpt !== undefined);
  return [
    { title: "SESSION", text: ({ id }) => id },
    { title: "USED (UTC)", text: ({ updated }) => dateText(updated) },
    { title: "TURNS", align: "right", text: ({ turns }) => `${turns}` },
    { title: "TITLE", cut: "end", text: titleOf },
    isSearch
      ? { title: "FOUND", cut: "end", text: ({ excerpt = "" }) => sanitizeLine(excerpt) }
      : { title: "FOLDER", cut: "start", text: ({ folder }) => sanitizeLine(folder) },
  ];
}

function titleOf({ title, isOpen }: Found): string {
  return sanitizeLine(`${title}${isOpen ? " (open)" : ""}`);
}

function stateOf({ updated, turns, excerpt }: Found): string {
  const facts = `${dateText(updated)}, ${countOf(turns, "turn")}`;
  return excerpt === undefined ? facts : `${facts}: ${sanitizeLine(excerpt)}`;
}
