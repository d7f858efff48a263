import { sanitizeLine } from "../../../cli/sanitize.ts";
import { countOf, type Palette } from "../../../cli/style.ts";
import type { Screen } from "../../../cli/terminal/screen.ts";
import { messageOf } from "../../../config/message_of.ts";
import { ToolError } from "../../../config/tool_error.ts";
import type { Session } from "../../../sessions/session.ts";
import { type AnswerView, plainAnswer } from "./answer_view.ts";
import { echoLines } from "./echo_lines.ts";

/** What a conversation prints: lines that stay, and scroll away upwards. */
export class Transcript {
  /** What shows answers. @default text as it is */
  openAnswer: (columns: number) => AnswerView = plainAnswer;
  readonly #screen: Pick<Screen, "columns" | "print">;
  readonly #palette: Palette;
  /** Whether the last line that was printed is blank. */
  #isGap = false;

  constructor(screen: Pick<Screen, "columns" | "print">, palette: Palette) {
    this.#screen = screen;
    this.#palette = palette;
  }

  /** One blank line is enough between two things. @param lines safe for a terminal */
  print(lines: string[]): void {
    const shown = this.#isGap && lines[0] === "" ? lines.slice(1) : lines;
    if (shown.length > 0) this.#isGap = shown.at(-1) === "";
    this.#screen.print(shown);
  }

  printMarkdown(markdown: string): void {
    const answer = this.openAnswer(this.#screen.columns);
    answer.push(markdown);
    this.print([...answer.take(), ...answer.end()]);
  }

  printMessage(text: string): void {
    this.print(echoLines(text, this.#palette));
  }

  printError(error: unknown): void {
    const message = messageOf(error);
    const hint = error instanceof ToolError && error.hint ? [`  ${sanitizeLine(error.hint)}`] : [];
    this.print([
      `${this.#palette.severity.critical("✗")} ${sanitizeLine(message)}`,
      ...hint.map(this.#palette.quiet),
    ]);
  }

  /** What was said last, when an old session is opened. */
  printSession({ title, turns }: Pick<Session, "title" | "turns">): void {
    const turn = turns.at(-1);
    if (!turn) return;
    const about = `"${title}", ${countOf(turns.length, "turn")}; /history shows all`;
    this.print([
      this.#palette.quiet(sanitizeLine(about)),
      ...echoLines(turn.input, this.#palette),
    ]);
    this.printMarkdown(turn.answer);
  }
}
