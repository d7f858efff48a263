import type { Advice, Diagnostic, MarkupBuf, TextEdit } from "@biomejs/wasm-nodejs";
import { biomeCategory, type BiomeSeverity, biomeSeverity } from "./biome_traits.ts";
import { toOffsetEdits } from "./biome_edits.ts";
import { createByteOffsets } from "../text/byte_offsets.ts";
import type { Fix, Issue, Position } from "../issue.ts";
import { createLineIndex } from "../text/line_index.ts";
import { syntaxError } from "../engines/syntax_error.ts";

/**
 * Biome's diagnostics as issues, by place. Of a text that does not parse only that is told: what is
 * found in the rest of it is a guess.
 */
export function toIssues(diagnostics: readonly Diagnostic[], text: string): Issue[] {
  const place = createPlace(text);
  const broken = diagnostics.filter(isSyntax);
  if (broken.length > 0) {
    return inOrder(broken.map((one) => syntaxError(sentence(one), ...place.range(one))));
  }
  return inOrder(diagnostics.filter(isTold).map((one) => toIssue(one, place)));
}

/** `syntax/…` are what a parser cannot see, such as two members of one name; no engine runs it. */
function isSyntax({ category }: Diagnostic): boolean {
  return category === "parse" || Boolean(category?.startsWith("syntax/"));
}

/** Beside rules: comments that silence nothing, or wrongly. The rest is about Biome itself. */
function isTold({ category }: Diagnostic): boolean {
  return /^(lint|assist|suppressions)\//.test(category ?? "") || category === "plugin";
}

/** From offsets in bytes to places. */
interface Place {
  text: string;
  position(unit: number): Position;
  range(diagnostic: Diagnostic): [start: Position, end: Position];
}

function createPlace(text: string): Place {
  const unitAt = createByteOffsets(text), index = createLineIndex(text);
  const position = (unit: number) => ({ line: index.lineAt(unit), column: index.columnAt(unit) });
  return {
    text,
    position,
    range: ({ location: { span } }) => {
      const [start, end] = span ?? [0, 0];
      return [position(unitAt(start)), position(unitAt(end))];
    },
  };
}

function toIssue(diagnostic: Diagnostic, place: Place): Issue {
  const rule = diagnostic.category!;
  const [{ line, column }, end] = place.range(diagnostic);
  const issue: Issue = {
    severity: biomeSeverity(rule, diagnostic.severity as BiomeSeverity),
    category: biomeCategory(rule),
    message: sentence(diagnostic),
    rule,
    line,
    column,
    end,
  };
  const fix = fixOf(diagnostic.advices.advices, place);
  if (fix) issue.fix = fix;
  // About the name of the file, or all of it.
  if (!diagnostic.location.span) issue.wholeFile = true;
  return issue;
}

/** In one line: a diagnostic can hold a list. */
function sentence({ description }: Diagnostic): string {
  return description.replace(/\s*\n\s*/g, " ").trim();
}

/**
 * Of the fixes that Biome offers, the first safe one, else the first. It says which are in the words
 * before a suggestion: "Safe fix: …", or "Unsafe fix: …" where it may be incorrect.
 */
function fixOf(advices: readonly Advice[], place: Place): Fix | undefined {
  const fixes = advices.flatMap((advice, i) => {
    const edit = "codeSuggestion" in advice ? advice.codeSuggestion[1] : undefined;
    const fix = edit && toFix(edit, advices[i - 1], place);
    return fix ? [fix] : [];
  });
  return fixes.find(({ safe }) => safe) ?? fixes[0];
}

const FIX = /^(Safe|Unsafe) fix: /;

function toFix(edit: TextEdit, before: Advice | undefined, place: Place): Fix | undefined {
  const words = before && "log" in before ? plain(before.log[1]) : "";
  const kind = FIX.exec(words)?.[1];
  const edits = toOffsetEdits(edit, place.text).map(({ start, end, content }) => (
    { start: place.position(start), end: place.position(end), content }
  ));
  if (edits.length === 0) return undefined;
  const message = words.replace(FIX, "").replace(/\s+/g, " ").replace(/\.$/, "").trim();
  return { message, safe: kind === "Safe", edits };
}

function plain(markup: MarkupBuf): string {
  return markup.map(({ content }) => content).join("");
}

function inOrder(issues: Issue[]): Issue[] {
  return issues.sort((a, b) =>
    a.line - b.line || a.column - b.column || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0)
  );
}
