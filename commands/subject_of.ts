import { basename } from "node:path";
import type { App } from "../cli/app.ts";
import { type FileRun, STDIN, STDIN_NAME } from "./on_files.ts";

const LONGEST_SUBJECT = 80;

/** What was looked at, for a page's title. */
export function subjectOf(
  { operands, stdinFilename }: Pick<FileRun, "operands" | "stdinFilename">,
  { cwd }: Pick<App, "cwd">,
): string {
  const names = operands.map((one) =>
    one === STDIN ? stdinFilename ?? STDIN_NAME : one === "." ? basename(cwd) || cwd : one
  );
  const all = names.join(", ");
  return all.length <= LONGEST_SUBJECT
    ? all
    : `${names[0]!.slice(0, LONGEST_SUBJECT)} and ${names.length - 1} more`;
}
