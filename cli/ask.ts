import { abortable } from "../config/abortable.ts";
import { ToolError } from "../config/tool_error.ts";
import type { App } from "./app.ts";
import { sanitizeLine } from "./sanitize.ts";

type Terminal = Pick<App, "stderr" | "stdinIsTerminal" | "signal">;

/** Whether there is somebody who can be asked. */
export function canAsk({ stderr, stdinIsTerminal }: Terminal): boolean {
  return stdinIsTerminal && stderr.isTerminal;
}

/**
 * Asks on the terminal; everything but `y` and `yes` is no, the end of the input too.
 *
 * @param read gives the next line of the input. @default of standard input
 * @throws the reason of `signal` when Ctrl-C is the answer
 */
export async function askYes(
  question: string,
  { stderr, signal }: Terminal,
  read: () => Promise<string> = readLine,
): Promise<boolean> {
  stderr.write(`${sanitizeLine(question)} [y/N] `);
  try {
    return /^\s*y(es)?\s*$/i.test(await abortable(read, signal));
  } catch (error) {
    stderr.write("\n"); // nobody has ended the question's line
    throw error;
  }
}

/**
 * Asks before something is done that cannot be undone.
 *
 * @param cannot begins the message: `Cannot remove "x"`
 * @throws {ToolError} when nobody can be asked, or the answer is not yes
 */
export async function requireYes(
  question: string,
  cannot: string,
  terminal: Terminal,
): Promise<void> {
  if (!canAsk(terminal)) {
    throw new ToolError(`${cannot}: nobody can be asked`, {
      hint: "give --yes to do it without a question",
    });
  }
  if (await askYes(question, terminal)) return;
  throw new ToolError(`${cannot}: the answer was not yes`);
}

/** More is no answer. */
const MAX_ANSWER = 1024;

/** A terminal hands over a line at a time. */
async function readLine(): Promise<string> {
  const bytes = new Uint8Array(MAX_ANSWER);
  const length = await Deno.stdin.read(bytes);
  return new TextDecoder().decode(bytes.subarray(0, length ?? 0));
}
