import type { Issue } from "../issue.ts";
import { createLineScanner } from "./line_scanner.ts";
import type { MaskedCell } from "./mask_magics.ts";

/** Rules about what begins and ends a file, blank lines, and imports side by side: each cell counts. */
const OF_CELL = /^(?:E30[1-6]|E402|I00[12]|W391|W292)$/;

export function ofCell(rule: string): boolean {
  return OF_CELL.test(rule);
}

/** Rules about the text of lines: they hold for magics too. */
const OF_TEXT = /^(?:E501|E101|W[12]|W505)/;
/** A value that nobody uses is what a cell shows, when it is the last. */
const LAST_VALUE = /^(?:B015|B018|PLW0104|E703)$/;
const BUILT_IN = /`(?:display|get_ipython|__IPYTHON__)`/;

/** Whether what is wrong in a module is right in a notebook. */
export function isLeftOutInNotebook(issue: Issue, { text, lines }: MaskedCell): boolean {
  const { rule, line, column } = issue;
  if (column >= (lines.get(line) ?? Infinity) && !OF_TEXT.test(rule)) return true;
  if (rule === "W391" && lines.has(lastLine(text))) return true;
  if (rule === "D100" || rule === "W292") return true;
  if (rule === "F821") return BUILT_IN.test(issue.message);
  if (rule === "PLE1142" || rule === "F704" && issue.message.includes("await")) {
    return !isInFunction(text, line);
  }
  return LAST_VALUE.test(rule) && isLastStatement(text, issue);
}

/** The last line that holds something. */
function lastLine(text: string): number {
  return text.trimEnd().split(/\r\n|\r|\n/).length;
}

/** Whether `def` stands above a line, less deeply indented. */
function isInFunction(text: string, line: number): boolean {
  const above = text.split(/\r\n|\r|\n/).slice(0, line).reverse();
  let depth = indentOf(above[0] ?? "");
  for (const one of above.slice(1)) {
    if (one.trim() === "" || indentOf(one) >= depth) continue;
    if (/^\s*(?:async\s+)?def\b/.test(one)) return true;
    depth = indentOf(one);
  }
  return false;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** Whether nothing but comments follows what an issue is about, which is not indented. */
function isLastStatement(text: string, { line, end }: Issue): boolean {
  const all = text.split(/\r\n|\r|\n/);
  const scanner = createLineScanner();
  let start = 1;
  all.forEach((one, index) => {
    if (scanner.isStart() && /^\s*[^\s#]/.test(one)) start = index + 1;
    scanner.read(one);
  });
  const rest = all[end.line - 1]?.slice(end.column - 1) ?? "";
  return line >= start && /^\S/.test(all[start - 1]!) && /^[\s;]*(?:#.*)?$/.test(rest);
}
