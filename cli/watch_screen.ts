import type { App, Output } from "./app.ts";
import { sanitizeLine } from "./sanitize.ts";
import { grouped } from "./style.ts";

/** What one run of a watch writes: kept back until it is done, so that it is seen whole or not at all. */
export interface HeldOutputs {
  stdout: Output;
  stderr: Output;
  text(): { stdout: string; stderr: string };
}

/** Stands for the two streams of the process; what is asked of them they tell themselves. */
export function holdOutputs({ stdout, stderr }: Pick<App, "stdout" | "stderr">): HeldOutputs {
  const out = hold(stdout), err = hold(stderr);
  return {
    stdout: out.output,
    stderr: err.output,
    text: () => ({ stdout: out.text(), stderr: err.text() }),
  };
}

function hold(output: Output): { output: Output; text(): string } {
  const pieces: string[] = [];
  const held: Output = {
    write: (text) => void pieces.push(text),
    writeBytes: (bytes) => void pieces.push(new TextDecoder().decode(bytes)),
    isTerminal: output.isTerminal,
    get columns() {
      return output.columns;
    },
    color: output.color,
  };
  return { output: held, text: () => pieces.join("") };
}

/** To the first column of the first row, and all below is gone; what has scrolled away stays. */
const CLEAR_SCREEN = "\x1b[H\x1b[2J";

/** Shows what a run has written, in place of what the one before it has. */
export function showRun(
  { stdout, stderr }: Pick<App, "stdout" | "stderr">,
  text: { stdout: string; stderr: string },
): void {
  const all = (stdout.isTerminal ? CLEAR_SCREEN : "") + text.stdout;
  if (all) stdout.write(all);
  if (text.stderr) stderr.write(text.stderr);
}

/** `14:03:22 Watching 120 files; Ctrl-C ends`: the last line of what a run writes. */
export function watchLine(files: number, now: Date = new Date()): string {
  const time = now.toTimeString().slice(0, 8);
  const what = files === 1 ? "1 file" : `${grouped(files)} files`;
  return sanitizeLine(`${time} Watching ${what}; Ctrl-C ends`) + "\n";
}
