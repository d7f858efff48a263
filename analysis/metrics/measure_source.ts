import type { SourceText } from "../engine.ts";
import type { Engines } from "../engines.ts";
import type { LanguageId } from "../languages.ts";
import { METERS } from "./meters.ts";
import type { Measured } from "./meter.ts";

/** Whether the functions of a language are measured. */
export function isMeasured(language: LanguageId): boolean {
  return language === "python" || language === "stub" || language in METERS;
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
  if (language === "python" || language === "stub") {
    const { measureComplexity } = await import("../complexity.ts");
    return { report: measureComplexity((await engines.python()).parse(text)), errors: [] };
  }
  const entry = METERS[language];
  if (!entry) throw new TypeError(`Cannot measure "${language}": no engine does`);
  const meter = await engines.engine(entry);
  try {
    return meter.measure(text);
  } catch (error) {
    engines.renew(entry);
    throw error;
  }
}
