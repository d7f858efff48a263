import { sanitizeLine } from "../../../cli/sanitize.ts";
import { oneLine } from "../../../config/one_line.ts";
import type { Surface } from "../surface.ts";
import { askChoice, type PersonTerminal } from "./terminal_person.ts";

export interface SurfaceTerminal extends PersonTerminal {
  printMarkdown(markdown: string): void;
  clear(): void;
  edit(text: string): Promise<string | undefined>;
  setInput(text: string): void;
  /** Writes what is no text to the terminal. */
  write(sequence: string): void;
}

const MAX_NOTICE = 500;
/** More is too much for many terminals, in bytes. */
const MAX_COPY = 64 * 1024;

/** What slash commands show and ask in a terminal. */
export function terminalSurface(terminal: SurfaceTerminal): Surface {
  return {
    isInteractive: true,
    print: terminal.printMarkdown,
    notice: (line) =>
      terminal.print([terminal.palette.quiet(sanitizeLine(oneLine(line, MAX_NOTICE)))]),
    ask: (question, choices, signal) =>
      askChoice({ text: question, choices: choices ?? [] }, "", terminal, signal),
    clear: terminal.clear,
    edit: terminal.edit,
    setInput: terminal.setInput,
    copy: (text) => copy(text, terminal.write),
  };
}

/** OSC 52: whether the terminal obeys cannot be known. */
function copy(text: string, write: (sequence: string) => void): boolean {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > MAX_COPY) return false;
  write(`\x1b]52;c;${bytes.toBase64()}\x07`);
  return true;
}
