import { judgeCallJson } from "./call_json.ts";
import { type Skip, skipCallTail, skipFence, skipJson, skipUntil } from "./skip_call.ts";

/** Takes tool calls that a model wrote as text out of what it says, while it says it. */
export interface CallFilter {
  push(piece: string): void;
  /** The reply is over: what was held back is decided. */
  end(): void;
}

/** Held back at most, in UTF-16 code units; a longer text is what it looks like by then. */
const MOST_HELD = 8 * 1024;
/** The longest line that opens a block, a tag or an action. */
const MOST_OPENING = 200;

const TAG =
  /^<(?:\/?(?:tool_calls?|function_calls?|tool_code|invoke|tool_use)(?:\s[^<>\n]{0,150})?>|\/?function(?:=[\w.:-]{1,80})?>|\|(?:python_tag|tool_call|tool_calls_begin|tool_call_begin|tool_call_end|tool_calls_end|eom_id|eot_id)\|>)/;
const TAG_STARTS = [
  ...["tool_call", "function_call", "tool_code", "invoke", "tool_use", "function"]
    .flatMap((name) => [`<${name}`, `</${name}`]),
  ...["python_tag", "tool_call", "eom_id", "eot_id"].map((name) => `<|${name}`),
];
const FENCE = /^(`{3,}|~{3,})[ \t]*([\w+-]*)[^\n`]*\n/;
/** Blocks that may be nothing but a call. */
const DATA_LABELS = ["", "json", "jsonc", "json5", "xml", "text", "plaintext"];
const CALL_LABELS = ["tool_call", "tool_calls", "tool_code", "function_call", "tool_use"];
const ACTION =
  /^[*_ ]{0,4}Action[*_ ]{0,4}:[^\n]{0,150}\n[*_ ]{0,8}Action Input[*_ ]{0,4}:[*_ ]{0,4}/;
const ACTION_START =
  /^[*_ ]{0,4}(?:A|Ac|Act|Acti|Actio|Action[*_ ]{0,4}(?::[^\n]{0,150}(?:\n[*_ ]{0,8}(?:A[^\n]{0,18})?)?)?)?$/;
const LONE_ACTION = /^[*_ ]{0,4}Action[*_ ]{0,4}:[*_ ]{0,4}[\w.:-]{1,80}[*_\s]*$/;
const MISTRAL = "[TOOL_CALLS]";

/** A call, and what of it comes behind its first `length` characters. */
interface FoundCall {
  kind: "call";
  length: number;
  skip?: Skip;
}

/** What stands at the place that is looked at. */
type Found =
  | { kind: "text" }
  /** It depends on what comes; `call`: what it is when nothing does. */
  | { kind: "wait"; call?: FoundCall }
  | FoundCall
  /** A block of code, in which nothing is looked for. */
  | { kind: "fence"; length: number; fence: string };

const TEXT: Found = { kind: "text" };
const WAIT: Found = { kind: "wait" };
/** What calls and code begin with. */
const NOTABLE = "<[{`~*_A";

/**
 * @param onText gets what is no call, in order, as soon as that is certain
 * @param onCall told of each call that was left out
 */
export function createCallFilter(onText: (text: string) => void, onCall: () => void): CallFilter {
  let held = "";
  let skip: Skip | undefined;
  let fence = "";
  let place: Place = { atLineStart: true, inInlineCode: false, last: "" };
  const take = (length: number): string => {
    const text = held.slice(0, length);
    held = held.slice(length);
    return text;
  };
  const say = (length: number) => {
    const text = take(length);
    for (const char of text) place = behind(char, place);
    if (text !== "") onText(text);
  };
  const leaveOut = (call: FoundCall) => {
    take(call.length);
    skip = call.skip;
    onCall();
  };
  /** True when it can go on with what is held. */
  const skipMore = (rest: Skip): boolean => {
    const { used, done } = rest(held);
    take(used);
    if (done) skip = undefined;
    return done;
  };
  const sayCode = (isOver: boolean): boolean => {
    const end = held.indexOf("\n") + 1;
    const mayClose = place.atLineStart && /^[ \t]*[`~]*[ \t]*$/.test(held);
    if (end === 0 && mayClose && !isOver && held.length < MOST_OPENING) return false;
    const line = held.slice(0, end || undefined).trim();
    if (place.atLineStart && line.startsWith(fence) && /^(.)\1*$/.test(line)) fence = "";
    say(end || held.length);
    return true;
  };
  const sayText = (isOver: boolean): boolean => {
    const { found, before } = look(held, place);
    say(before);
    if (found.kind === "text") return true;
    const isDecided = isOver || held.length >= MOST_HELD;
    if (found.kind === "wait" && !isDecided) return false;
    const call = found.kind === "wait" ? found.call : found.kind === "call" ? found : undefined;
    if (call) leaveOut(call);
    else say(found.kind === "fence" ? found.length : 1);
    if (found.kind === "fence") fence = found.fence;
    return true;
  };
  const run = (isOver: boolean) => {
    for (let goesOn = true; goesOn && held !== "";) {
      goesOn = skip ? skipMore(skip) : fence ? sayCode(isOver) : sayText(isOver);
    }
  };
  return {
    push: (piece) => {
      held += piece;
      run(false);
    },
    end: () => run(true),
  };
}

interface Place {
  /** Nothing but blanks stands before it on its line. */
  atLineStart: boolean;
  /** Between backticks of one line. */
  inInlineCode: boolean;
  /** The character before it. */
  last: string;
}

function behind(char: string, { atLineStart, inInlineCode, last }: Place): Place {
  if (char === "\n") return { atLineStart: true, inInlineCode: false, last: char };
  return {
    atLineStart: atLineStart && (char === " " || char === "\t"),
    inInlineCode: inInlineCode !== (char === "`" && last !== "`"),
    last: char,
  };
}

/** The first place that is more than text, and how much stands before it. */
function look(held: string, start: Place): { found: Found; before: number } {
  let place = start;
  for (let at = 0; at < held.length; at++) {
    const char = held[at]!;
    if (!place.inInlineCode && NOTABLE.includes(char)) {
      const found = judge(held.slice(at, at + MOST_HELD), place.atLineStart);
      if (found.kind !== "text") return { found, before: at };
    }
    place = behind(char, place);
  }
  return { found: TEXT, before: held.length };
}

function judge(text: string, atLineStart: boolean): Found {
  const first = text[0]!;
  if (first === "<") return judgeTag(text);
  if (first === "{" || first === "[") return judgeBracket(text);
  if (!atLineStart) return TEXT;
  return first === "`" || first === "~" ? judgeFence(text) : judgeAction(text);
}

function callOf(length: number, skip?: Skip): FoundCall {
  return { kind: "call", length, skip };
}

function judgeBracket(text: string): Found {
  if (text.startsWith(MISTRAL)) return callOf(MISTRAL.length, skipCallTail());
  if (MISTRAL.startsWith(text)) return WAIT;
  const verdict = judgeCallJson(text);
  if (verdict === "other") return TEXT;
  const call = callOf(0, skipJson());
  if (verdict === "call") return call;
  return verdict === "open call" ? { kind: "wait", call } : WAIT;
}

function judgeTag(text: string): Found {
  const tag = TAG.exec(text)?.[0];
  if (tag === undefined) {
    const mayCome = TAG_STARTS.some((start) => start.startsWith(text) || text.startsWith(start));
    return mayCome && text.length < MOST_OPENING && !/[>\n]/.test(text) ? WAIT : TEXT;
  }
  if (tag.startsWith("</") || /_(?:id|end)\|>$/.test(tag)) return callOf(tag.length);
  const [, name] = /^<(function|invoke|tool_use)(?=[\s=>])/.exec(tag) ?? [];
  return callOf(tag.length, name ? skipUntil(`</${name}>`) : skipCallTail());
}

function judgeAction(text: string): Found {
  const action = ACTION.exec(text)?.[0];
  if (action !== undefined) return callOf(action.length, skipCallTail());
  if (!ACTION_START.test(text)) return TEXT;
  return LONE_ACTION.test(text) ? { kind: "wait", call: callOf(text.length) } : WAIT;
}

/** A block is a call when it is one of data, and what it begins with is a call. */
function judgeFence(text: string): Found {
  const opening = FENCE.exec(text);
  if (!opening) return mayOpenFence(text) ? WAIT : TEXT;
  const [{ length }, fence, label] = [opening[0], opening[1]!, opening[2]!.toLowerCase()];
  const call = callOf(length, skipFence(fence));
  if (CALL_LABELS.includes(label)) return call;
  const code: Found = { kind: "fence", length, fence };
  if (!DATA_LABELS.includes(label)) return code;
  const content = text.slice(length).trimStart();
  if (content === "") return text.length < MOST_HELD ? WAIT : code;
  if (!"<{[*_A".includes(content[0]!)) return code;
  const found = judge(content, true);
  if (found.kind === "wait") return found.call ? { kind: "wait", call } : WAIT;
  return found.kind === "call" ? call : code;
}

function mayOpenFence(text: string): boolean {
  return text.length < MOST_OPENING && /^(?:`{1,2}|~{1,2}|`{3,}[^\n`]*|~{3,}[^\n]*)$/.test(text);
}
