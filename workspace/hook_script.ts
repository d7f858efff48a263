import { createHash } from "node:crypto";

/** What a hook runs, as a person would write it behind `devmcp`. */
export const HOOK_ARGS = "review --staged --changed-lines --model off";

const MARK = "# devmcp hook";

/**
 * The script that git runs before a commit. Clients with a window do not know the PATH of a terminal, so it
 * holds the program's path; the PATH is for a program that has moved. On Windows, git brings the shell.
 *
 * @param command absolute
 */
export function hookScript(command: string, args: string[]): string {
  const program = [command.replaceAll("\\", "/"), ...args].map(quote);
  const body = `devmcp=${program[0]}
if [ -x "$devmcp" ]; then
  exec ${['"$devmcp"', ...program.slice(1)].join(" ")} ${HOOK_ARGS}
fi
devmcp=$(command -v devmcp) || {
  echo 'devmcp: it is not where it was; "devmcp hook install" says where it is' >&2
  exit 1
}
exec "$devmcp" ${HOOK_ARGS}
`;
  return `#!/bin/sh\n${MARK} ${sumOf(body)}: "devmcp hook uninstall" removes it\n${body}`;
}

/** Whether a hook is one of ours, of whatever version, as it was written. */
export function isOwnScript(text: string): boolean {
  const [, sum, body = ""] = /^#!\/bin\/sh\n# devmcp hook ([0-9a-f]+): [^\n]*\n(.*)$/s.exec(text) ??
    [];
  return sum === sumOf(body);
}

/** Whether a hook was one of ours before somebody edited it. */
export function isEditedScript(text: string): boolean {
  return text.includes(MARK) && !isOwnScript(text);
}

function sumOf(body: string): string {
  return createHash("sha256").update(body).digest("hex").slice(0, 16);
}

function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
