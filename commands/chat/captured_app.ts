import type { App, Output } from "../../cli/app.ts";

/** The app with outputs that keep what is written to them, so that a command's output can be shown in the chat. */
export function capturedApp(app: App): { app: App; text(): string } {
  const pieces: string[] = [];
  const output: Output = {
    write: (text) => void pieces.push(text),
    writeBytes: (bytes) => void pieces.push(new TextDecoder().decode(bytes)),
    isTerminal: false,
    columns: app.stdout.columns,
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
