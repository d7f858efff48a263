import type { ToolEntry } from "../tools/mod.ts";

const ABOUT = "devmcp reviews, formats and measures source code with engines of its own, " +
  "offline; a local language model, where one runs, writes code and tests and adds advice to " +
  "reviews. Give code as `code`, or a file of the workspace as `path`. Tools report what they find " +
  "and return new code; ";
const REVIEW = ". Review first; `refactored_code` of the result has the safe fixes applied.";

/** How a model uses these tools. */
export function instructionsFor(tools: ToolEntry[]): string {
  const writers = tools.filter(({ effects }) => effects === "writes").map(({ name }) => name);
  const changes = writers.length === 0
    ? "they change no file"
    : `only ${
      writers.join(" and ")
    } changes files, and with \`dry_run\` shows what it would change`;
  return ABOUT + changes + REVIEW;
}
