import type { SourceText } from "../engine.ts";
import type { Engines } from "../engines.ts";
import { isPythonText } from "../languages.ts";
import { meterFor } from "./measure_source.ts";

/**
 * How many decisions each line of a file holds, as cyclomatic complexity counts them; by line, 1-based.
 *
 * @throws {TypeError} for a language that is not measured
 */
export async function decisionsByLine(
  engines: Engines,
  { language, text }: Pick<SourceText, "language" | "text">,
): Promise<Map<number, number>> {
  if (isPythonText(language)) return await inPython(engines, text);
  if (language === "notebook") {
    const { notebookDecisions } = await import("../notebook/measure_notebook.ts");
    return notebookDecisions(await engines.python(), text);
  }
  return (await engines.engine(meterFor({ language, text }))).decisions(text);
}

async function inPython(engines: Engines, text: string): Promise<Map<number, number>> {
  const [{ eachDecision }, { findScopes }, { countByLine }] = await Promise.all([
    import("../python/cyclomatic.ts"),
    import("../python/scopes.ts"),
    import("./count_by_line.ts"),
  ]);
  const tree = (await engines.python()).parse(text);
  return countByLine(tree, (tell) => eachDecision(tree, findScopes(tree), tell));
}
