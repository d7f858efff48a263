import type { ToolEntry } from "../tools/mod.ts";

const ABOUT = "devmcp works on source code with engines of its own, offline, and with a local " +
  "language model, where one runs. Tools report what they find and return new code; ";
const CODE = " Give code as `code`, or a file of the workspace as `path`.";
const REVIEW =
  " Review first; `refactored_code` of the result of review_code has the safe fixes applied.";

/** How a model uses these tools. Nothing is said of tools that are not there. */
export function instructionsFor(tools: ToolEntry[]): string {
  const writers = tools.filter(({ effects }) => effects === "writes").map(({ name }) => name);
  const changes = writers.length === 0
    ? "they change no file."
    : `only ${
      writers.join(" and ")
    } changes files, and with \`dry_run\` shows what it would change.`;
  const has = (name: string) => tools.some((tool) => tool.name === name);
  const takesCode = ["review_code", "format_code", "analyze_complexity"].some(has);
  return ABOUT + changes + (takesCode ? CODE : "") + (has("review_code") ? REVIEW : "");
}
