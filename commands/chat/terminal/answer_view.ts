import { sanitizeLine } from "../../../cli/sanitize.ts";

/** An answer as it grows. Lines are safe for a terminal. */
export interface AnswerView {
  push(markdown: string): void;
  /** The lines that have become final since the last call. */
  take(): string[];
  /** The lines behind them, which may still change. */
  tail(): string[];
  /** All lines that are left; what comes next begins anew. */
  end(): string[];
  /** Forgets what was pushed. */
  restart(): void;
  /** From the next line on. */
  resize(columns: number): void;
}

/** Text as it is, line by line: until the renderer of Markdown is loaded, and without a terminal. */
export function plainAnswer(): AnswerView {
  let open = "";
  const take = () => {
    const lines = open.split("\n");
    open = lines.pop()!;
    return lines.map(sanitizeLine);
  };
  return {
    push: (markdown) => void (open += markdown),
    take,
    tail: () => open === "" ? [] : [sanitizeLine(open)],
    end: () => {
      const lines = take();
      const rest = open === "" ? [] : [sanitizeLine(open)];
      open = "";
      return [...lines, ...rest];
    },
    restart: () => void (open = ""),
    resize: () => {},
  };
}
