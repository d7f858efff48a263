import { cutText } from "../../config/cut_text.ts";
import type { Remembered, RememberedCode } from "../../sessions/session.ts";
import { languageOfPath } from "../understand/language_endings.ts";
import type { StepOutcome } from "../execute/run_step.ts";
import type { TurnState } from "../turn_state.ts";

/** Code that is longer is not remembered: UTF-16 code units. */
const MOST_CODE = 256 * 1024;
/** Of a review, UTF-16 code units. */
const MOST_REVIEW = 8 * 1024;

/** After these words "it" is the code as a review mended it. */
const MENDS = /\b(?:fix|mend|repair|refactor|improve|correct|clean)/i;

type Fields = Record<string, unknown>;

/** What "it", "the tests" and "the review" mean after these steps; tools of other servers change nothing. */
export async function rememberResults(
  before: Remembered,
  outcomes: StepOutcome[],
  state: TurnState,
): Promise<Remembered> {
  let last = before;
  for (const { step, arguments: args, result } of outcomes) {
    if (!result || step.tool.includes(":")) continue;
    last = { ...last, ...await rememberOne(last, result.data ?? {}, result.text, args, state) };
  }
  return last;
}

async function rememberOne(
  last: Remembered,
  data: Fields,
  text: string,
  args: Fields,
  state: TurnState,
): Promise<Remembered> {
  const language = textOf(data.language) ?? textOf(args.language);
  const made = textOf(data.code);
  if (made) return codeOf(made, { language }, state);
  const tests = textOf(data.test_code);
  if (tests) return { tests: toRemember(tests, { language }, state) };
  if (textOf(args.content)) return written(last, args, state);
  const given = await givenCode(last, args, state);
  const formatted = textOf(data.formatted_code);
  if (formatted) return codeOf(formatted, { language, path: given?.path }, state);
  if (!isReview(data)) return given ? { code: given } : {};
  const mended = MENDS.test(state.input) ? textOf(data.refactored_code) : undefined;
  const code = mended ? toRemember(mended, { language, path: given?.path }, state) : given;
  return { ...code ? { code } : {}, review: reviewOf(data, text, given?.path) };
}

function isReview({ overall_score, issues }: Fields): boolean {
  return typeof overall_score === "number" || Array.isArray(issues);
}

function reviewOf(data: Fields, text: string, path: string | undefined): Remembered["review"] {
  const score = data.overall_score;
  return {
    text: cutText(text, MOST_REVIEW),
    ...typeof score === "number" ? { score } : {},
    ...path === undefined ? {} : { path },
  };
}

/** The code that a tool worked on. */
async function givenCode(
  { code }: Remembered,
  args: Fields,
  state: TurnState,
): Promise<RememberedCode | undefined> {
  const text = textOf(args.code);
  if (text) return text === code?.text ? code : toRemember(text, {}, state);
  const path = textOf(args.path);
  const read = path && await state.world.files.readText(path).catch(() => undefined);
  return read ? toRemember(read, { path }, state) : undefined;
}

/** What was written has a name now. */
function written({ code, tests }: Remembered, args: Fields, state: TurnState): Remembered {
  const path = textOf(args.path);
  const content = textOf(args.content)!;
  if (content === tests?.text) return { tests: { ...tests, path } };
  if (content === code?.text) return { code: { ...code, path } };
  const language = path && languageOfPath(path);
  return language ? codeOf(content, { language, path }, state) : {};
}

function codeOf(text: string, about: Partial<RememberedCode>, state: TurnState): Remembered {
  const code = toRemember(text, about, state);
  return code ? { code } : {};
}

function toRemember(
  text: string,
  { language, path }: Partial<RememberedCode>,
  { world }: TurnState,
): RememberedCode | undefined {
  if (text.length > MOST_CODE) return undefined;
  const known = language ?? (path && languageOfPath(path)) ?? world.settings.language;
  return { text, language: known, ...path === undefined ? {} : { path } };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}
