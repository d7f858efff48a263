import type { ToolInfo } from "../execute/toolbox.ts";

/** A tool, and how well it fits a message. */
export interface ScoredTool {
  tool: ToolInfo;
  /** 0: nothing in common. 2 and more: a word that names what it does. */
  score: number;
}

/** Shown to the model at most. */
export const MAX_SHOWN = 8;
/** From here on a tool may be meant. */
export const FITS = 2;

/** What people say for what our own tools do, as beginnings of words. */
const SAID: Record<string, string[]> = {
  generate_code: (
    "write generat creat implement build cod develop program script function class method endpoint api algorithm " +
    "refactor rewrit extend convert port translat optimi simplif add make chang modif modul decorator parser cli " +
    "produc craft put_together scaffold sketch whip cook hack knock_up come_up need prototyp want snippet routin helper " +
    "renam restructur docstring type_hint regex quer"
  ).split(" "),
  generate_tests: "test pytest unittest vitest jest coverag cover spec assert edge_case regression"
    .split(" "),
  review_code: (
    "review check lint inspect audit bug critiqu feedback critic vulnerab secur issu problem mistak defect smell fault " +
    "flaw wrong fix mend repair correct improv qualit opinion sanity bad assess look weak clean suspicious analy " +
    "examin scrutin go_over second_pair"
  ).split(" "),
  format_code: (
    "format reformat tidy pretti beautif layout indent black ruff isort autopep8 pep8 import whitespac neat style clean " +
    "line_length lay_out spacing"
  ).split(" "),
  analyze_complexity: (
    "complex cyclomatic cognitive maintainab metric halstead measur convolut complicat tangled nest analy hard_to_read " +
    "readab simpl"
  ).split(" "),
  formalize_task: (
    "formali requirement specif spec task user_stor acceptance clarif breakdown break_down steps plan scope precise " +
    "concret vague rough_idea ticket brief structur"
  ).split(" "),
  write_file: "save store write file disk persist export dump put keep drop stash".split(" "),
};

const COMMON = new Set(
  ("the a an and or of to in on for with by from it its this that these those is are be as at your you i me my we our " +
    "not no do does can could will would should which what who use uses used using get gets all any one two more if " +
    "then than so into out up about please tool tools server given return returns when").split(" "),
);

/**
 * The tools that a message may mean, best first. The words of a tool's name count most, then its title's,
 * then its description's; for our own tools also what people say for them.
 */
export function scoreTools(message: string, tools: ToolInfo[]): ScoredTool[] {
  const text = message.slice(0, 4_000).toLowerCase();
  const words = wordsOf(text);
  const stems = new Set(words.map(stem));
  return tools.map((tool) => ({ tool, score: scoreOf(tool, words, stems, text) }))
    .sort((a, b) => b.score - a.score);
}

/** From here on tools of other servers are meant, and not ours: more than one word that both know. */
const FITS_OTHERS = 4;
/** Places that tools of other servers do not take from our own. */
const OWN_PLACES = 4;

/** Those to show to the model: what fits, and, unless only others fit, our own that work together. */
export function shownTools(scored: ScoredTool[]): ToolInfo[] {
  const fitting = scored.filter(({ score }) => score > 0);
  const best = fitting.filter(({ score }) => score >= FITS);
  const isForOthers = best.length > 0 && best[0]!.score >= FITS_OTHERS &&
    best.every(({ tool }) => tool.server !== "devmcp");
  const rest = scored.filter(({ tool, score }) => score === 0 && tool.server === "devmcp");
  const own = best.filter(({ tool }) => tool.server === "devmcp").slice(0, OWN_PLACES);
  const others = fitting.filter((one) => !own.includes(one)).slice(0, MAX_SHOWN - own.length);
  const shown = fitting.filter((one) => own.includes(one) || others.includes(one));
  return [...shown, ...isForOthers ? [] : rest].slice(0, MAX_SHOWN).map(({ tool }) => tool);
}

function scoreOf(tool: ToolInfo, words: string[], stems: Set<string>, text: string): number {
  const said = tool.server === "devmcp" ? SAID[tool.name] : undefined;
  const own = said?.filter((one) => isSaid(one, words, text)).length ?? 0;
  if (said) return Math.min(2 * own, 12) + 0.25 * shared(tool.description, stems);
  // A server's name speaks for all of its tools alike.
  const server = tool.server.toLowerCase();
  const rest = new Set(stems);
  for (const word of wordsOf(server)) rest.delete(stem(word));
  return 2 * shared(tool.name.replace(/^[^:]*:/, ""), rest) + shared(tool.title, rest) +
    0.5 * shared(tool.description.slice(0, 1_000), rest) + (text.includes(server) ? 2 : 0);
}

function isSaid(one: string, words: string[], text: string): boolean {
  if (one.includes("_")) return text.includes(one.replaceAll("_", " "));
  return words.some((word) => word.startsWith(one) || isMisspelt(word, one));
}

/** Shorter beginnings are near to too many words. */
const MIN_MISSPELT = 5;

/** Begins nearly so: `formt`, `fucntion`, `reveiw`. One letter is missing, too many, wrong or swapped. */
function isMisspelt(word: string, beginning: string): boolean {
  const size = beginning.length;
  if (size < MIN_MISSPELT || word[0] !== beginning[0] || word.length < size - 1) return false;
  let at = 0;
  while (at < size && word[at] === beginning[at]) at++;
  const goesOn = (skipped: number, from: number) => word.startsWith(beginning.slice(from), skipped);
  const isSwapped = word[at] === beginning[at + 1] && word[at + 1] === beginning[at];
  return goesOn(at, at + 1) || goesOn(at + 1, at) || goesOn(at + 1, at + 1) ||
    isSwapped && goesOn(at + 2, at + 2);
}

function shared(text: string, stems: Set<string>): number {
  return new Set(wordsOf(text.toLowerCase()).map(stem).filter((one) => stems.has(one))).size;
}

function wordsOf(text: string): string[] {
  return (text.replace(/[_:/.-]+/g, " ").match(/[\p{L}\p{N}]{2,40}/gu) ?? [])
    .filter((word) => !COMMON.has(word)).slice(0, 600);
}

/** Without the commonest endings of English; good enough to compare words. */
function stem(word: string): string {
  if (word.length < 5) return word.replace(/s$/, "");
  return word.replace(/(?:ations?|ings?|ers?|ies|ions?|ments?|ed|es|s|e|y)$/, "");
}
