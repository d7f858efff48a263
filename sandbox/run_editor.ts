import { ToolError } from "../config/tool_error.ts";

/**
 * Lets the user change a file in their editor, which gets the terminal until it ends.
 *
 * @param command the program and its arguments, as `$EDITOR` holds them: in words, some quoted. It is
 *   no line for a shell: nothing is expanded
 * @throws {ToolError} when it cannot be started or fails
 */
export async function runEditor(command: string, path: string): Promise<void> {
  const [program, ...args] = splitWords(command);
  if (!program) throw new ToolError("Cannot edit: $EDITOR is empty");
  const { success, code } = await start(program, [...args, path]);
  if (!success) {
    throw new ToolError(`Cannot edit: ${JSON.stringify(program)} ended with exit code ${code}`);
  }
}

async function start(program: string, args: string[]): Promise<Deno.CommandStatus> {
  const inherited = { stdin: "inherit", stdout: "inherit", stderr: "inherit" } as const;
  try {
    return await new Deno.Command(program, { args, ...inherited }).spawn().status;
  } catch (cause) {
    const why = cause instanceof Deno.errors.NotFound ? "no such program" : "it may not be run";
    throw new ToolError(`Cannot edit with ${JSON.stringify(program)}: ${why}`, {
      cause,
      hint: "set $EDITOR to the editor that you use",
    });
  }
}

/** A part of a word: in single quotes, in double ones, behind a backslash, or plain. */
const PART = /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s'"\\]+)/gs;

/** `code --wait`, `'/opt/my editor/ed' -x` in words, as a shell would but with nothing expanded. */
export function splitWords(command: string): string[] {
  const words: string[] = [];
  let end = -1;
  for (const match of command.matchAll(PART)) {
    const [all, single, double, escaped, plain] = match;
    const text = single ?? double?.replace(/\\(.)/gs, "$1") ?? escaped ?? plain!;
    if (match.index === end) words.push(words.pop()! + text);
    else words.push(text);
    end = match.index + all.length;
  }
  return words;
}
