import { ROWS } from "./direct_rows.ts";
import type { Message } from "./read_message.ts";
import { readLanguage, readTargets } from "./read_parameters.ts";
import type { Wish } from "./wish.ts";

/** Longer messages say more than the rows know. */
const MAX_ORDER = 4_000;
const MAX_CLAUSES = 12;

/** A question, and something on it: `implement it? no way`. */
const ASKS_ON = /\? \S/;
const VERB =
  "(?:code review|review|check|lint|inspect|audit|examine|format|reformat|tidy|prettify|beautify|fix|mend|repair|measure|analy[sz]e|write|create|implement|generate|add|make|save|store|put|export|test|unit test|tests?|give me|how complex|refactor|simplify|optimi[sz]e|sort|run|formali[sz]e|find|look|cover)";
const THEN = "(?:then|afterwards|after that|finally|next|also|and|now)";
/** Where one order ends and the next begins: between them stands what joins sentences. */
const JOINT = new RegExp(
  `(?:[,;.]+ (?:${THEN},? )*| (?:${THEN},? )+)(?:please )?(?=(?:(?:the|some|unit|a|its) )*${VERB}\\b)`,
  "gi",
);
const PLAIN_AND = /^ and $/i;
/** After these words an `and` may go on with what the code is to do. */
const OPEN_END = /\b(?:to|can|should|must|will|could|would|may|lets?|helps?|makes?)\b/i;

/** What a thing is to come with: `… with tests and review`. */
const EXTRA =
  "(?:(?:a|an|some|its|the|unit|code|pytest|matching|also) )*(?:tests?|test cases|test suite|review|complexity (?:analysis|report)|formatting)";
const EXTRAS = new RegExp(
  `,?(?: along| together)? (?:with|including|plus|and|as well as) (${EXTRA}(?:(?:, and |, | and | & )${EXTRA}){0,3})(?: (?:for it|of it|too|as well))?$`,
  "i",
);

/**
 * The wishes of a message that says them in one of the ways that {@link ROWS} knows, in order.
 * Undefined for everything else: then a model has to read it. Takes time in proportion to the text.
 */
export function readDirectRequest({ order, isQuestion }: Message): Wish[] | undefined {
  if (order === "" || order.length > MAX_ORDER || ASKS_ON.test(order)) return undefined;
  if (
    isQuestion && !/^(?:how complex|what(?: is|'s) (?:wrong|the .{0,20}complexity))\b/i.test(order)
  ) {
    return undefined;
  }
  const wishes = readClauses(splitClauses(order.replace(/^(?:@\S+[:,]? )+(?=\w)/, "")));
  return wishes && shareLanguage(wishes);
}

interface Clause {
  text: string;
  /** What stood before it. */
  joint: string;
}

function splitClauses(order: string): Clause[] {
  const clauses: Clause[] = [];
  let start = 0;
  let joint = "";
  for (const { 0: found, index } of order.matchAll(JOINT)) {
    clauses.push({ text: order.slice(start, index), joint });
    start = index + found.length;
    joint = found;
  }
  return [...clauses, { text: order.slice(start), joint }];
}

function readClauses(clauses: Clause[]): Wish[] | undefined {
  if (clauses.length > MAX_CLAUSES) return undefined;
  const groups: Wish[][] = [];
  const last = () => groups.at(-1)?.[0];
  for (let i = 0; i < clauses.length; i++) {
    const { text, joint } = clauses[i]!;
    const wishes = readBare(text, clauses[i + 1]) ?? readClause(text) ?? readAddition(text, last());
    const before = last();
    if (wishes && before?.tool === "generate_code" && isAmbiguous(before, joint)) return undefined;
    if (wishes) groups.push(wishes);
    else if (before?.tool === "generate_code" && !("on" in before)) extend(before, joint + text);
    else return undefined;
  }
  const wishes = shareReview(groups.flat());
  return wishes.some(saysMore) ? undefined : wishes;
}

/** `review it and fix it`: what reviews it mends it too, so that it is not done twice. */
function shareReview(wishes: Wish[]): Wish[] {
  const isReview = ({ tool }: Wish) => tool === "review_code";
  const isWhole = wishes.some((wish) => isReview(wish) && wish.arguments.model === undefined);
  return wishes.map((wish) => {
    const { model: _, ...rest } = wish.arguments;
    return isReview(wish) && isWhole ? { ...wish, arguments: rest } : wish;
  });
}

/** Words of other tools in what code is to do: it may be more than one wish. */
const MORE =
  /\b(?:tests?|tested|pytest|unittest|review(?:ed)?|audit(?:ed)?|save|saved|stored? (?:as|in|under|it|that|them)|cover(?:ed|age)?|quality|formatted|complexity)\b/i;

function saysMore({ tool, on, arguments: { description } }: Wish): boolean {
  const said = String(description);
  return tool === "generate_code" && !on && (MORE.test(said) || readTargets(said).length > 0);
}

function isAmbiguous(before: Wish, joint: string): boolean {
  return PLAIN_AND.test(joint) && OPEN_END.test(String(before.arguments.description));
}

/** The clause went on: it belongs to the description. */
function extend(wish: Wish, text: string): void {
  const description = `${wish.arguments.description}${text}`;
  const language = readLanguage(description);
  Object.assign(wish.arguments, { description, ...language ? { language } : {} });
}

/** Words that are an order only together with their object. */
const NEEDS_OBJECT =
  /^(?:test|check|look at|measure|analy[sz]e|fix|lint|inspect|save|tests?|correct|run)$/i;

function readClause(clause: string): Wish[] | undefined {
  const text = clause.trim().replace(/^(?:please|also|now|then) /i, "");
  const extras = EXTRAS.exec(text);
  const main = extras ? text.slice(0, extras.index) : text;
  const first = extras && readRows(main);
  if (extras && first?.every(({ tool }) => tool === "generate_code")) {
    return [...first, ...readExtras(extras[1]!)];
  }
  return NEEDS_OBJECT.test(text) ? undefined : readRows(text);
}

function readRows(text: string): Wish[] | undefined {
  for (const { says, read } of ROWS) {
    const said = says.exec(text);
    const wishes = said && read(text.slice(said[0].length).trim(), text, said);
    if (wishes) return wishes;
  }
  return undefined;
}

const EXTRA_TOOLS: [tool: string, said: RegExp][] = [
  ["generate_tests", /test/i],
  ["review_code", /review/i],
  ["analyze_complexity", /complexity/i],
  ["format_code", /formatting/i],
];

const ADDITION = new RegExp(`^${EXTRA}$`, "i");

/** `…, and tests`: what the code before it is to come with. */
function readAddition(text: string, before: Wish | undefined): Wish[] | undefined {
  const isAddition = before?.tool === "generate_code" && ADDITION.test(text.trim());
  return isAddition ? readExtras(text) : undefined;
}

function readExtras(extras: string): Wish[] {
  return extras.split(/, and |, | and | & /i).flatMap((extra) =>
    EXTRA_TOOLS.filter(([, said]) => said.test(extra)).slice(0, 1)
      .map(([tool]): Wish => ({ tool, on: { of: "code" }, arguments: {} }))
  );
}

/** `review and format src/app.py`: a verb that shares the next one's object. */
function readBare(text: string, next: Clause | undefined): Wish[] | undefined {
  if (!next || !PLAIN_AND.test(next.joint) || /\s/.test(text.trim())) return undefined;
  const object = /^\S+ (.*)$/.exec(next.text.trim())?.[1];
  return object === undefined ? undefined : readRows(`${text.trim()} ${object}`);
}

/** A file's ending tells the language too: `… and save it as fib.go`. */
function shareLanguage(wishes: Wish[]): Wish[] {
  const code = wishes.find(({ tool }) => tool === "generate_code");
  const target = wishes.find(({ tool, arguments: { path } }) => tool === "write_file" && path);
  if (code && target && code.arguments.language === undefined) {
    const language = readLanguage(String(target.arguments.path));
    if (language) code.arguments.language = language;
  }
  return wishes;
}
