/** A small model as people run them: right in what it says, careless in how. Seeded. For tests. */
import type { Answer, FakeCall, FakeReply } from "./fake_ollama_chat.ts";

/** What a good model would say: data, or code with a sentence on it. */
export type TrueAnswer =
  | { json: Record<string, unknown> | unknown[] }
  | { code: string; language: string; prose: string }
  | { text: string };

/** How likely each carelessness is, for each reply anew. */
export const FLAWS = {
  /** Words before and behind, sometimes with a block that was not asked for. */
  prose: 0.3,
  /** Only JSON: a trailing comma, single quotes, unquoted keys, a missing bracket, comments. */
  brokenJson: 0.2,
  /** Only JSON: a field that is missing or of another type. */
  wrongField: 0.15,
  /** The block is labelled as another language. */
  wrongFence: 0.05,
  /** The reply ends too early, and the server may not have noticed. */
  cutOff: 0.05,
};

/** The flaws of a chat: beside those of {@link FLAWS}, tools that do not exist, and endless repeating. */
export const CHAT_FLAWS = {
  prose: 0.3,
  brokenJson: 0.2,
  /** Only a list of tools: one that does not exist, in place of the right one or besides. */
  unknownTool: 0.1,
  wrongField: 0.1,
  cutOff: 0.05,
  /** The reply says the same again, or the lists in it do. */
  repeats: 0.05,
};

export type Flaw = keyof typeof FLAWS | keyof typeof CHAT_FLAWS;

export interface WeakModel {
  /** For {@link startFakeOllama}. */
  reply: Answer;
  /** The flaws of each reply so far. */
  replies: { text: string; flaws: Flaw[] }[];
}

type Random = () => number;

/**
 * A model that gives the answers of `answer`, weakened; the same seed weakens the same way.
 *
 * @param likely how likely each flaw is
 */
export function createWeakModel(
  answer: (call: FakeCall) => TrueAnswer,
  seed: number,
  likely: Partial<Record<Flaw, number>> = FLAWS,
): WeakModel {
  const random = mulberry32(seed);
  const replies: WeakModel["replies"] = [];
  const reply = (call: FakeCall) => {
    const truth = answer(call);
    const flaws = (Object.keys(likely) as Flaw[])
      .filter((flaw) => random() < likely[flaw]! && applies(flaw, truth));
    const said = say(truth, flaws, random);
    const { text, done } = flaws.includes("cutOff") ? cutOff(said, random) : { text: said };
    replies.push({ text, flaws });
    return { text, done } satisfies FakeReply;
  };
  return { reply, replies };
}

function applies(flaw: Flaw, truth: TrueAnswer): boolean {
  if (flaw === "unknownTool") return "json" in truth && "tools" in truth.json;
  return "json" in truth || (flaw !== "brokenJson" && flaw !== "wrongField");
}

function say(truth: TrueAnswer, flaws: Flaw[], random: Random): string {
  if ("text" in truth) return repeat(truth.text, flaws);
  if ("code" in truth) return repeat(sayCode(truth, flaws, random), flaws);
  const known = flaws.includes("unknownTool") ? inventTool(truth.json, random) : truth.json;
  const isOfLists = flaws.includes("repeats") && random() < 0.5;
  const said = sayJson(isOfLists ? repeatLists(known) : known, flaws, random);
  return isOfLists ? said : repeat(said, flaws);
}

function repeat(text: string, flaws: Flaw[]): string {
  return flaws.includes("repeats") ? Array(3).fill(text).join("\n\n") : text;
}

function repeatLists<T>(value: T): T {
  const fields = Object.entries(value as object).map(([key, one]) =>
    [key, Array.isArray(one) ? [...one, ...one, ...one] : one] as const
  );
  return Object.fromEntries(fields) as T;
}

/** What models call tools that they have not been told of. */
const INVENTED: Record<string, string[]> = {
  generate_code: ["code_generator", "write_code", "GenerateCode", "implement_function"],
  generate_tests: ["write_unit_tests", "test_generator", "generate-tests", "create_test"],
  review_code: ["code_review", "lint_code", "reviewCode", "find_bugs"],
  format_code: ["code_formatter", "format_python", "run_black"],
  analyze_complexity: ["complexity_analyzer", "measure_complexity", "analyse_complexity"],
  formalize_task: ["formalise_task", "write_specification", "formalizer"],
  write_file: ["save_file", "file_writer", "save_to_disk"],
};
const UNRELATED = ["web_search", "calculator", "send_email", "browser"];

/** Half of the time by another name, else one too many, or one that says nothing in its place. */
function inventTool<T>(value: T, random: Random): T {
  const tools = [...(value as { tools: string[] }).tools];
  const at = Math.floor(random() * tools.length);
  const roll = random();
  if (roll < 0.5) tools[at] = pick(INVENTED[tools[at]!] ?? UNRELATED, random);
  else if (roll < 0.75) tools.splice(at, 0, pick(UNRELATED, random));
  else tools[at] = pick(UNRELATED, random);
  return { ...value, tools };
}

/** Random numbers below 1, by the 32-bit generator that is known by this name. */
export function mulberry32(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function pick<T>(items: readonly T[], random: Random): T {
  return items[Math.floor(random() * items.length)]!;
}

const OPENINGS = [
  "Sure! Here is the JSON you asked for:",
  "Certainly. Based on your request {as I understand it}, this is my answer:",
  "Let me think about this step by step.\n\n1. First I read the request.\n2. Then I answer.",
];
const CLOSINGS = [
  "I hope this helps! Let me know if you need anything else.",
  "Note: the [values] above are my best guess.",
  "Explanation:\n- every field is filled in\n- nothing is left out",
];

function sayJson(value: unknown, flaws: Flaw[], random: Random): string {
  const wanted = flaws.includes("wrongField") ? spoilField(value, random) : value;
  const whole = JSON.stringify(wanted, null, random() < 0.7 ? 2 : 0);
  const json = flaws.includes("brokenJson") ? breakJson(whole, random) : whole;
  const isWrong = flaws.includes("wrongFence");
  const label = isWrong ? pick(["python", "javascript", "text", "yaml"], random) : "json";
  const body = isWrong || random() < 0.5 ? `\`\`\`${label}\n${json}\n\`\`\`` : json;
  if (!flaws.includes("prose")) return body;
  return `${pick(OPENINGS, random)}\n\n${body}\n\n${pick(CLOSINGS, random)}`;
}

const BREAKS: ((json: string, random: Random) => string)[] = [
  (json) => json.replace(/"(?:[^"\\]|\\.)*"|(\s*)([\]}])/g, trailComma),
  (json) => json.replace(/"((?:[^"\\]|\\.)*)"/g, (_, text) => `'${text.replaceAll("'", "\\'")}'`),
  (json) => json.replace(/"(\w+)":/g, "$1:"),
  (json, random) => random() < 0.5 ? json.slice(0, -1) : dropLast(json, "]"),
  (json) => json.replace("{", "{ // the answer\n").replace(/,\n/, ", // and so on\n"),
  (json) => json.replace(/:/, ": /* see above */"),
];

function trailComma(found: string, space: string, bracket: string | undefined): string {
  return bracket ? `,${space}${bracket}` : found;
}

function breakJson(json: string, random: Random): string {
  return pick(BREAKS, random)(json, random);
}

function dropLast(text: string, character: string): string {
  const at = text.lastIndexOf(character);
  return at < 0 ? text.slice(0, -1) : text.slice(0, at) + text.slice(at + 1);
}

/** A copy in which one field, of the answer or of a part of it, is missing or of another type. */
function spoilField(value: unknown, random: Random): unknown {
  const copy = structuredClone(value);
  const owners = [copy, ...Object.values(copy as object).flat()]
    .filter((one) => typeof one === "object" && one !== null && !Array.isArray(one));
  const owner = pick(owners, random) as Record<string, unknown> | undefined;
  const key = owner && pick(Object.keys(owner), random);
  if (key === undefined) return copy;
  if (random() < 0.5) delete owner![key];
  else owner![key] = mistype(owner![key], random);
  return copy;
}

function mistype(value: unknown, random: Random): unknown {
  if (Array.isArray(value)) return mistypeList(value, random);
  if (typeof value === "number") return pick([String(value), `about ${value}`, [value]], random);
  if (typeof value === "boolean") return pick([String(value), value ? "yes" : "no"], random);
  return pick([[value], { text: value }, null, `${String(value).toUpperCase()} `], random);
}

function mistypeList(list: unknown[], random: Random): unknown {
  const numbered = Object.fromEntries(list.map((item, i) => [String(i + 1), item]));
  if (typeof list[0] === "object") return pick([numbered, list[0], null], random);
  return pick<unknown>([
    list.map((item) => `- ${item}`).join("\n"),
    list.map((item, i) => ({ step: i + 1, description: item })),
    numbered,
    null,
  ], random);
}

const OTHER_LANGUAGES = ["text", "javascript", "python", "java", ""];

function sayCode(
  { code, language, prose }: Extract<TrueAnswer, { code: string }>,
  flaws: Flaw[],
  random: Random,
): string {
  const others = OTHER_LANGUAGES.filter((other) => other !== language);
  const label = flaws.includes("wrongFence") ? pick(others, random) : language;
  const body = `\`\`\`${label}\n${code.trimEnd()}\n\`\`\`\n\n${prose}`;
  if (!flaws.includes("prose")) return body;
  const extra = pick(
    ["", "To install what it needs:\n\n```bash\npip install pytest\n```\n\n"],
    random,
  );
  return `Sure! Here is the code:\n\n${body}\n\n${extra}${pick(CLOSINGS, random)}`;
}

/** Somewhere in the last two thirds; every other time the server says that it was a whole reply. */
function cutOff(text: string, random: Random): FakeReply & { text: string } {
  const size = Math.floor(text.length * (0.33 + 0.6 * random()));
  return { text: text.slice(0, size), done: random() < 0.5 ? "length" : "stop" };
}
