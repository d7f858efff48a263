import type { App, Output } from "../../cli/app.ts";

/** Of a block of text in an answer. */
const INDENT = 4;

/** The app with outputs that keep what is written to them, so that a command's output can be shown in the chat. */
export function capturedApp(app: App): { app: App; text(): string } {
  const pieces: string[] = [];
  const output: Output = {
    write: (text) => void pieces.push(text),
    writeBytes: (bytes) => void pieces.push(new TextDecoder().decode(bytes)),
    isTerminal: app.stdout.isTerminal,
    columns: app.stdout.columns - INDENT,
    color: false,
  };
  const value = { value: output, writable: true };
  // A copy would ask for the signal, which takes Ctrl-C away from the system.
  const captured: App = Object.create(app, {
    stdout: value,
    stderr: value,
    exitCode: { value: 0, writable: true },
  });
  return { app: captured, text: () => pieces.join("") };
}
