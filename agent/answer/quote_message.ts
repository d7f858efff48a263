import { abridge } from "../../models/context/abridge.ts";
import { oneLine } from "../../config/one_line.ts";
import type { Message } from "../understand/read_message.ts";
import type { TurnState } from "../turn_state.ts";

const MESSAGE = 4_000;

/** What the person said, for a prompt, on one line; code in it is only mentioned. */
export function quoteMessage({ text, code }: Message): string {
  const said = abridge(text, MESSAGE).replace(/\s+/g, " ");
  const lines = code ? code.text.split("\n").length - 1 : 0;
  return code ? `${said} [with ${lines} lines of ${code.language || "code"}]` : said;
}

/** What a message may refer to, in a few lines: files, the last code, and what was said before. */
export function describeKnown({ session, attachments }: TurnState): string {
  const { code, tests, review } = session.last;
  const lines = [
    ...attachments.slice(0, 8).map(({ name }) => `attached: ${oneLine(name, 100)}`),
    code && `code: ${nameOf(code)}`,
    tests && `tests: ${nameOf(tests)}`,
    review && "a review of the code",
    ...session.turns.slice(-2).map(({ input, calls }) =>
      `said before: ${JSON.stringify(oneLine(input, 150))}, done with ${
        calls.map(({ tool }) => tool).join(", ") || "words"
      }`
    ),
  ].filter(Boolean);
  return lines.length > 0 ? lines.map((line) => `\n- ${line}`).join("") : "nothing";
}

function nameOf(
  { text, language, path }: { text: string; language: string; path?: string },
): string {
  const lines = text.split("\n").length;
  return `${lines} lines of ${oneLine(language, 30)}${path ? `, ${oneLine(path, 100)}` : ""}`;
}
