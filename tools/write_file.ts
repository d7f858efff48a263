import { isAbsolute, relative } from "node:path";
import * as z from "zod";
import { unifiedDiff } from "../analysis/text/line_diff.ts";
import { fenced } from "../config/fenced.ts";
import { defineTool } from "./tool.ts";

/** A person looks at it, and a model may have to read it: UTF-16 code units. */
const MOST_DIFF = 64 * 1024;

export const tool = defineTool({
  name: "write_file",
  title: "Write a file",
  summary:
    "Write a text file inside the workspace, and show what changes. Encoding, line endings and mode " +
    "of a file that is there stay.",
  effects: "writes",
  input: z.object({
    path: z.string().describe(
      "File to write, inside the workspace; its folders are made. What decides what may run is " +
        "refused, such as `.git/`, `.vscode/`, devmcp.yaml and .mcp.json",
    ),
    content: z.string().describe("The whole new text of the file; at most 8 MiB"),
    dry_run: z.boolean().default(false).describe("Only show what would change; write nothing"),
  }),
  output: z.object({
    path: z.string().describe("The file, relative to the workspace"),
    changed: z.boolean().describe("Whether its content differs from what was there"),
    created: z.boolean().describe("Whether there was no such file before"),
    bytes: z.int().describe("Its new size"),
    diff: z.string().describe(
      "What changes, as a unified diff; empty when nothing does. Cut after 64 KiB",
    ),
  }),
  run: async ({ path, content, dry_run }, { workspace, signal }) => {
    const planned = await workspace.planWrite(path, content);
    const { before, after, isNew, bytes } = planned;
    const changed = isNew || before !== after;
    signal.throwIfAborted();
    if (changed && !dry_run) await planned.write();
    const name = isAbsolute(path) ? relative(workspace.root, path) : path;
    return {
      path: name,
      changed,
      created: isNew,
      bytes,
      diff: cut(unifiedDiff(name, before, after)),
    };
  },
  render: ({ path, changed, created, bytes, diff }, { dry_run }) => {
    if (!changed) return `\`${path}\` has this content already; nothing to write.`;
    const verb = created ? ["Created", "Would create"] : ["Wrote", "Would change"];
    const line = `${verb[dry_run ? 1 : 0]} \`${path}\` (${bytes} bytes).`;
    return created || diff === "" ? line : `${line}\n\n${fenced(diff, "diff")}`;
  },
});

function cut(diff: string): string {
  if (diff.length <= MOST_DIFF) return diff;
  const start = diff.slice(0, diff.lastIndexOf("\n", MOST_DIFF) + 1).toWellFormed();
  const left = diff.slice(start.length).split("\n").length - 1;
  return `${start}… ${left} more lines\n`;
}
