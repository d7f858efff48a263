import { suggestion } from "../../config/nearest.ts";
import { ToolError } from "../../config/tool_error.ts";

/** @throws {ToolError} when the word is none of the choices */
export function parseChoice<Choice extends string>(
  word: string,
  choices: readonly Choice[],
): Choice {
  const choice = choices.find((one) => one === word);
  if (choice) return choice;
  const near = suggestion(word, choices);
  throw new ToolError(`Cannot take ${JSON.stringify(word)}: it is none of the choices${near}`, {
    hint: `give ${choices.join(", ")}`,
  });
}
