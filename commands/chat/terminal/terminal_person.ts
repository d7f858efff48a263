import type { Approval, Person, Question } from "../../../agent/person.ts";
import { sanitizeLine } from "../../../cli/sanitize.ts";
import type { Palette } from "../../../cli/style.ts";
import { oneLine } from "../../../config/one_line.ts";
import type { AskOptions } from "./input_line.ts";
import { approvalLines, planLines } from "./approval_lines.ts";

export interface PersonTerminal {
  print(lines: string[]): void;
  /** Undefined: they would not say. */
  ask(placeholder: string, options?: AskOptions): Promise<string | undefined>;
  palette: Palette;
  color: boolean;
  columns(): number;
}

const MAX_CHOICE = 200;

/** The user, who is asked at the terminal. */
export function terminalPerson(terminal: PersonTerminal): Person {
  return {
    async ask(questions, signal) {
      const answers: string[] = [];
      for (const [i, question] of questions.entries()) {
        const count = questions.length > 1 ? ` (${i + 1} of ${questions.length})` : "";
        const answer = await askChoice(question, count, terminal, signal);
        if (answer === undefined) return undefined;
        answers.push(answer);
      }
      return answers;
    },
    approve(request, signal) {
      const { color } = terminal;
      terminal.print(["", ...approvalLines(request, { color, columns: terminal.columns() })]);
      return askApproval(terminal, signal, "always for this tool");
    },
    confirmPlan(steps, signal) {
      terminal.print([
        "",
        `${terminal.palette.severity.major("?")} The plan:`,
        ...planLines(steps),
      ]);
      return askApproval(terminal, signal);
    },
  };
}

/** One of the choices by its number, or a text of one's own. */
export async function askChoice(
  { text, choices }: Pick<Question, "text" | "choices">,
  count: string,
  terminal: PersonTerminal,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const { palette } = terminal;
  const shown = choices.map((choice) => sanitizeLine(oneLine(choice, MAX_CHOICE)));
  terminal.print([
    "",
    `${palette.severity.major("?")} ${palette.strong(sanitizeLine(oneLine(text, 500)))}${count}`,
    ...shown.map((choice, i) => `  ${palette.code(`${i + 1}`)} ${choice}`),
  ]);
  const placeholder = choices.length > 0
    ? `1 to ${choices.length}, or your own answer; Esc: rather not say`
    : "your answer; Esc: rather not say";
  const answer = await terminal.ask(placeholder, { signal });
  const chosen = answer === undefined ? undefined : choices[Number(answer) - 1] ?? answer;
  terminal.print([
    palette.quiet(`  ${chosen === undefined ? "no answer" : sanitizeLine(oneLine(chosen))}`),
  ]);
  return chosen;
}

async function askApproval(
  terminal: PersonTerminal,
  signal: AbortSignal,
  always?: string,
): Promise<Approval> {
  const placeholder = `y yes${always ? ` · a ${always}` : ""} · n no, or no and why`;
  const read = (answer: string) => {
    const approval = readApproval(answer);
    return approval?.kind === "always" && !always ? undefined : approval;
  };
  const answer = await terminal.ask(placeholder, {
    signal,
    accepts: (text) => read(text) !== undefined,
  });
  const approval = read(answer ?? "no")!;
  terminal.print([terminal.palette.quiet(`  ${wordsOf(approval)}`)]);
  return approval;
}

/** What is no clear answer is none. */
function readApproval(answer: string): Approval | undefined {
  if (/^y(es)?$/i.test(answer)) return { kind: "yes" };
  if (/^a(lways)?$/i.test(answer)) return { kind: "always" };
  const no = /^no?(?:$|[\s,.:;]+([^]*))/i.exec(answer);
  return no ? { kind: "no", reason: no[1] ?? "" } : undefined;
}

function wordsOf(approval: Approval): string {
  if (approval.kind === "yes") return "yes";
  if (approval.kind === "always") return "always";
  return approval.reason ? `no: ${sanitizeLine(oneLine(approval.reason))}` : "no";
}
