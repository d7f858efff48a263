import type { App, Output } from "../../cli/app.ts";

/** Of a block of text in an answer. */
const INDENT = 4;

/** What a command of the program writes, to be shown in the chat. */
export async function outputOf(
  app: App,
  command: (app: App) => Promise<unknown>,
): Promise<string> {
  const pieces: string[] = [];
  const output: Output = {
    write: (text) => void pieces.push(text),
    writeBytes: (bytes) => void pieces.push(new TextDecoder().decode(bytes)),
    isTerminal: app.stdout.isTerminal,
    columns: app.stdout.columns - INDENT,
    color: false,
    screen: app.stdout,
  };
  const value = { value: output, writable: true };
  // A copy would ask for the signal, which takes Ctrl-C away from the system.
  await command(Object.create(app, {
    stdout: value,
    stderr: value,
    exitCode: { value: 0, writable: true },
  }));
  return pieces.join("");
}
