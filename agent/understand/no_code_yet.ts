import { askQuestions } from "./ask_questions.ts";
import { type Spot, spotOfFile } from "./code_in_sight.ts";
import type { Question } from "../person.ts";
import { findPaths } from "./read_subjects.ts";
import type { TurnState } from "../turn_state.ts";
import type { Wish } from "./wish.ts";

const DOING: Record<string, string> = {
  generate_tests: "write tests for",
  review_code: "review",
  format_code: "format",
  analyze_complexity: "measure",
  generate_code: "change",
  write_file: "save",
};

function doing(tool: string): string {
  return Object.hasOwn(DOING, tool) ? DOING[tool]! : "work on";
}

/** What is said when there is nothing to do it to. */
export function noCodeYet({ tool }: Wish): string {
  const what = doing(tool);
  return `There is no code yet to ${what}; name a file, paste the code between lines of \`\`\`, or ask me to write some first.`;
}

/** Asks which of the files that were added is meant; undefined when there are none, or nobody says. */
export async function askWhichCode({ tool }: Wish, state: TurnState): Promise<Spot | undefined> {
  const { session, world } = state;
  const files = session.files.filter((file) => world.files.exists(file)).slice(0, 5);
  if (files.length < 2) return files[0] === undefined ? undefined : { path: files[0] };
  const question: Question = {
    text: `Which file should I ${doing(tool)}?`,
    choices: files,
    field: "path",
  };
  const [answer] = await askQuestions([question], state) ?? [];
  const path = answer && (files.find((file) => file === answer) ?? findPaths(answer)[0]);
  return path ? spotOfFile(path, state.attachments, world.files) : undefined;
}
