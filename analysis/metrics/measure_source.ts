import type { EngineEntry, SourceText } from "../engine.ts";
import type { Engines } from "../engines.ts";
import { isPythonText, type LanguageId } from "../languages.ts";
import { isPythons } from "../reviewed_languages.ts";
import { METERS } from "./meters.ts";
import type { Measured, Meter } from "./meter.ts";
import { speaksCpp } from "./speaks_cpp.ts";

/** Whether the functions of a language are measured. */
export function isMeasured(language: LanguageId): boolean {
  return isPythons(language, "measure") || language in METERS;
}

/**
 * Measures a file of any language that is measured; of Python, what cannot be parsed is Ruff's to
 * tell. An engine that traps is made anew for the next file, and its error goes on.
 *
 * @throws {TypeError} for another language
 */
export async function measureSource(
  engines: Engines,
  { language, text }: Pick<SourceText, "language" | "text">,
): Promise<Measured> {
  if (isPythonText(language)) {
    const { measureComplexity } = await import("../complexity.ts");
    const report = measureComplexity((await engines.python()).parse(text));
    return { report: { ...report, language }, errors: [] };
  }
  if (language === "notebook") {
    const { measureNotebook } = await import("../notebook/measure_notebook.ts");
    return { report: measureNotebook(await engines.python(), text), errors: [] };
  }
  const entry = meterFor({ language, text });
  const meter = await engines.engine(entry);
  try {
    const { report, errors } = meter.measure(text);
    return { report: { ...report, language }, errors };
  } catch (error) {
    engines.renew(entry);
    throw error;
  }
}

/** Types of Flow are more like those of TypeScript than like nothing. */
const FLOW = /@flow\b/;
/** Where the comment stands that asks for it. */
const HEAD = 2000;

/**
 * Who measures a file.
 *
 * @throws {TypeError} for a language that no engine measures
 */
export function meterFor(
  { language, text }: Pick<SourceText, "language" | "text">,
): EngineEntry<Meter> {
  const entry = METERS[spokenLanguage(language, text)];
  if (!entry) throw new TypeError(`Cannot measure "${language}": no engine does`);
  return entry;
}

/** Whose grammar reads a text: a name does not tell all. */
function spokenLanguage(language: LanguageId, text: string): LanguageId {
  if (language === "javascript" && FLOW.test(text.slice(0, HEAD))) return "tsx";
  return language === "c" && speaksCpp(text) ? "cpp" : language;
}
