import type { FunctionComplexity } from "../../analysis/complexity.ts";
import { isPythonText, type LanguageId } from "../../analysis/languages.ts";
import { decisionsByLine } from "../../analysis/metrics/decisions_by_line.ts";
import { measureSource } from "../../analysis/metrics/measure_source.ts";
import type { App } from "../../cli/app.ts";
import type { PlacedFunction } from "../../cli/complexity_tally.ts";
import { MAX_WORST, type WorstFunction } from "../../cli/html/complexity/worst_section.ts";
import { decodePlain, decodeSource } from "../../workspace/source.ts";
import type { FileInput } from "../jobs.ts";

/** A file that is read once more. */
interface FileAgain {
  functions: FunctionComplexity[];
  lines: string[];
  decisions: Map<number, number>;
}

/**
 * The source of the worst functions, and where it decides. The files are read once more; of one that
 * has changed meanwhile, or is gone, nothing is shown.
 *
 * @param languageOf what a file was measured as
 */
export async function worstSources(
  app: App,
  functions: readonly PlacedFunction[],
  inputs: ReadonlyMap<string, FileInput>,
  languageOf: (path: string) => LanguageId,
): Promise<WorstFunction[]> {
  const files = new Map<string, FileAgain | undefined>();
  const worst: WorstFunction[] = [];
  for (const one of functions.slice(0, MAX_WORST)) {
    const input = inputs.get(one.path) ?? { path: one.path };
    if (!files.has(one.path)) {
      files.set(one.path, await readAgain(app, input, languageOf(one.path)).catch(() => undefined));
    }
    worst.push(sourceOf(one, files.get(one.path)));
  }
  return worst;
}

async function readAgain(
  app: App,
  { path, bytes }: FileInput,
  language: LanguageId,
): Promise<FileAgain> {
  const read = bytes ?? await (await app.openWorkspace(app.cwd)).readBytes(path);
  const { text } = (isPythonText(language) ? decodeSource : decodePlain)(read, path);
  const { report: { functions } } = await measureSource(app.engines, { language, text });
  return {
    functions,
    lines: text.split(/\r\n|\r|\n/).map(language === "notebook" ? cellLine : (line) => line),
    decisions: await decisionsByLine(app.engines, { language, text }),
  };
}

/** What a line of a notebook's file says in its cell; those that hold more than one line stay as they are. */
function cellLine(line: string): string {
  const text = /^\s*("(?:[^"\\]|\\.)*"),?\s*$/.exec(line)?.[1];
  return text === undefined ? line : (JSON.parse(text) as string).replace(/\r?\n$/, "");
}

function sourceOf(one: PlacedFunction, file: FileAgain | undefined): WorstFunction {
  const isThere = file?.functions.some(({ name, line, endLine }) =>
    name === one.name && line === one.line && endLine === one.endLine
  );
  if (!file || !isThere) return { one, lines: [], decisions: new Map() };
  const inner = file.functions.filter((other) => isInside(other, one));
  const decisions = [...file.decisions].filter(([line]) =>
    isOn(line, one) && !inner.some((other) => isOn(line, other))
  );
  return { one, lines: file.lines.slice(one.line - 1, one.endLine), decisions: new Map(decisions) };
}

function isInside(other: FunctionComplexity, one: FunctionComplexity): boolean {
  return other.line > one.line && other.endLine <= one.endLine;
}

function isOn(line: number, { line: first, endLine }: FunctionComplexity): boolean {
  return first <= line && line <= endLine;
}
