import {
  type LanguageId,
  languageOfName,
  languageOfShebang,
  mayHaveShebang,
} from "../analysis/languages.ts";
import { hasGeneratedName, saysGenerated } from "./generated_file.ts";

/**
 * The language of a file found in a folder: by its name, else by its first line. Undefined when it is none of
 * those wanted, or when the file is written by a program.
 *
 * @param start gives the first bytes of the file
 */
export function wantedLanguage(
  path: string,
  start: () => Uint8Array,
  languages: ReadonlySet<LanguageId>,
): LanguageId | undefined {
  const language = languageOfName(path) ?? languageInside(path, start);
  if (!language || !languages.has(language) || hasGeneratedName(path)) return undefined;
  return saysGenerated(start()) ? undefined : language;
}

function languageInside(path: string, start: () => Uint8Array): LanguageId | undefined {
  return mayHaveShebang(path) ? languageOfShebang(asText(start())) : undefined;
}

/** Each byte a character: what is looked for is ASCII. */
function asText(bytes: Uint8Array): string {
  return latin1.decode(bytes);
}

const latin1 = new TextDecoder("latin1");
