import { type IgnoreComment, TOP_LINES } from "./ignore_comments.ts";
import type { Issue } from "../issue.ts";
import { codeOfName, selectorProblem } from "../rules/selectors.ts";

export const UNUSED_IGNORE = "devmcp/unused-ignore";

/** What is wrong with an ignore: that it names no rule, or rules that silenced nothing; at most one issue. */
export function unusedIgnore(
  comment: IgnoreComment & { counts: boolean },
  used: ReadonlySet<string> | undefined,
  isChecked: (selector: string) => boolean,
): Issue[] {
  const unused = comment.rules
    .filter((rule) => !used?.has(rule) && rule !== UNUSED_IGNORE && isChecked(rule));
  const message = messageFor(comment, unused);
  if (message === undefined) return [];
  const { start, end, removal, rules } = comment;
  const mends = removal && unused.length === rules.length;
  return [{
    severity: "info",
    category: "maintainability",
    rule: UNUSED_IGNORE,
    message,
    line: start.line,
    column: start.column,
    end,
    ...mends && {
      fix: {
        message: "Remove the comment",
        safe: true,
        edits: [{ start: removal.start, end: removal.end, content: "" }],
      },
    },
  }];
}

function messageFor(
  { rules, target, counts }: IgnoreComment & { counts: boolean },
  unused: string[],
): string | undefined {
  if (rules.length === 0) return "This ignore names no rule: write `devmcp: ignore[rule] reason`";
  if (unused.length === 0) return undefined;
  if (!counts) {
    return `This ignore does nothing: \`ignore-file\` counts in the first ${TOP_LINES} lines`;
  }
  const place = target === "file" ? "in this file" : `on line ${target}`;
  return `Unused ignore: nothing ${place} breaks ${unused.map(describe).join(", ")}`;
}

function describe(rule: string): string {
  return `\`${rule}\`${explain(rule)}`;
}

/** Why a name cannot be one of a rule, where that can be told. */
function explain(rule: string): string {
  if (rule === "syntax-error") return " (only `ignore-file` silences that)";
  if (rule === "analysis-failed") return " (nothing silences that)";
  const code = codeOfName(rule);
  if (code) return ` (write ${code})`;
  // Markdown's rules look like Ruff's.
  const isRuffs = /^(?!MD)[A-Z]+\d+$/.test(rule);
  return isRuffs && selectorProblem(rule) ? " (no such rule)" : "";
}
