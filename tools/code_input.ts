import * as z from "zod";
import type { SourceText } from "../analysis/engine.ts";
import { isPythonText, LANGUAGE_IDS, type LanguageId, LANGUAGES } from "../analysis/languages.ts";
import { languagesFor, type Purpose } from "../analysis/reviewed_languages.ts";
import { languageToWorkOn } from "../analysis/language_to_work_on.ts";
import { ToolError } from "../config/tool_error.ts";
import { decodePlain, decodeSource } from "../workspace/source.ts";
import type { ToolContext } from "./tool.ts";

/** The input fields of every tool that works on one piece of code. */
export function codeInput(purpose: Purpose) {
  const known = languagesFor(purpose);
  return {
    code: z.string().optional().describe("Source code; give this or `path`"),
    path: z.string().optional().describe(
      "File to read, inside the workspace; give this or `code`",
    ),
    language: z.enum(["auto", ...LANGUAGE_IDS.filter((id) => known.has(id))]).default("auto")
      .describe("Language of the code; auto: told by the name in `path`, else Python"),
  };
}

export interface CodeInput {
  code?: string;
  path?: string;
  language: LanguageId | "auto";
}

/** Code, and the file that it is of, if any. */
export interface Code extends SourceText {
  file?: string;
}

/**
 * The code to work on, from the caller or from a file of the workspace; Python without a file has an
 * empty path.
 *
 * @throws {ToolError} when it cannot be read, or nothing can be done for its language
 */
export async function readCode(
  { code, path, language }: CodeInput,
  purpose: Purpose,
  { workspace }: ToolContext,
): Promise<Code> {
  if ((code === undefined) === (path === undefined)) {
    throw new ToolError(
      `Cannot choose the code: ${code === undefined ? "neither" : "both"} given`,
      {
        hint: "give either `code` or `path`",
      },
    );
  }
  const named = language === "auto" ? undefined : language;
  if (code !== undefined) return unnamedCode(code, named ?? "python");
  const bytes = await workspace.readBytes(path!);
  const told = named ?? languageToWorkOn(path!, bytes, purpose);
  const decode = isPythonText(told) ? decodeSource : decodePlain;
  return { path: path!, file: path, language: told, text: decode(bytes, path!).text };
}

/** Other engines than Ruff go by the ending of a name. */
function unnamedCode(text: string, language: LanguageId): SourceText {
  const path = language === "python" ? "" : `code${LANGUAGES[language].extensions[0]}`;
  return { path, language, text };
}
