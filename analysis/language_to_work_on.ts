import { type LanguageId, LANGUAGES } from "./languages.ts";
import { languageOfNamed, languagesFor, type Purpose } from "./reviewed_languages.ts";
import { ToolError } from "../config/tool_error.ts";

/** A first line that names a program is shorter. */
const START_BYTES = 256;

/**
 * The language of a file that somebody named.
 *
 * @throws {ToolError} when it is not known, or nothing can be done for it
 */
export function languageToWorkOn(path: string, bytes: Uint8Array, purpose: Purpose): LanguageId {
  const start = new TextDecoder().decode(bytes.subarray(0, START_BYTES));
  const language = languageOfNamed(path, start);
  if (language && languagesFor(purpose).has(language)) return language;
  const state = language
    ? `devmcp does not ${purpose} this language (${LANGUAGES[language].title})`
    : "its language is not known";
  throw new ToolError(`Cannot ${purpose} ${JSON.stringify(path)}: ${state}`, {
    hint: "`devmcp languages` lists what can be done",
  });
}
