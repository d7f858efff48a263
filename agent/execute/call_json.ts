/** What a text that begins with `{` or `[` is, as far as it goes. */
export type Verdict =
  /** A tool call; JSON that is cut off or broken too. */
  | "call"
  | "other"
  /** More of it has to be seen. */
  | "open"
  /** The same, but if nothing more comes it was the beginning of a call. */
  | "open call";

/** Keys whose value names a tool; those of the first group say so on their own. */
const TOOL_KEYS = ["tool", "tool_name", "function_name", "recipient_name"];
const NAME_KEYS = [...TOOL_KEYS, "name", "function", "action"];
const ARGUMENT_KEYS = [
  "arguments",
  "args",
  "parameters",
  "params",
  "input",
  "inputs",
  "tool_input",
  "action_input",
  "kwargs",
];
/** Keys that hold whole calls. */
const CALL_KEYS = ["tool_calls", "tool_call", "function_call"];
/** What may stand beside them. */
const SIDE_KEYS = ["type", "id", "index", "call_id", "thought", "reason", "reasoning", "purpose"];
const KNOWN_KEYS = [...NAME_KEYS, ...ARGUMENT_KEYS, ...CALL_KEYS, ...SIDE_KEYS];

/** What begins with a longer name is no call. */
const MOST_UNNAMED = 200;
const NAME = /^[\w.:/ -]{1,100}$/;

/** The values of the keys that were seen, as they are written; undefined where one has not ended. */
type Fields = Map<string, string | undefined>;

/**
 * Whether JSON is a tool call, such as `{"tool": "x", "arguments": {…}}`, alone or first in a list.
 * An object with any other key is none. Quotes may be single ones, and what follows a fault counts
 * as what came before it.
 */
export function judgeCallJson(text: string): Verdict {
  let at = skipBlanks(text, 0);
  if (text[at] === "[") at = skipBlanks(text, at + 1);
  if (at >= text.length) return "open";
  if (text[at] !== "{") return "other";
  const fields: Fields = new Map();
  at++;
  for (;;) {
    at = skipBlanks(text, at, ",");
    const quote = text[at];
    if (quote === undefined) return openVerdict(fields, text);
    if (quote === "}") return isCall(fields) ? "call" : "other";
    if (quote !== '"' && quote !== "'") return fields.size > 0 && isCall(fields) ? "call" : "other";
    const end = endOfString(text, at);
    const key = text.slice(at + 1, end < 0 ? undefined : end - 1);
    if (end < 0) return mayBecomeKnown(key) ? openVerdict(fields, text) : "other";
    if (!KNOWN_KEYS.includes(key)) return "other";
    at = skipBlanks(text, end);
    if (at >= text.length) return openVerdict(fields, text);
    if (text[at] !== ":") return isCall(fields) ? "call" : "other";
    const from = skipBlanks(text, at + 1);
    const to = from < text.length ? endOfValue(text, from) : -1;
    fields.set(key, to < 0 ? undefined : text.slice(from, to));
    if (to < 0) return openVerdict(fields, text);
    at = to;
  }
}

/** Where what began so may still become a call; a name alone is one that was cut off. */
function openVerdict(fields: Fields, { length }: string): Verdict {
  const isNamed = NAME_KEYS.some((key) => {
    const value = fields.get(key);
    return fields.has(key) && (value === undefined ? length < MOST_UNNAMED : isName(value));
  });
  return isNamed || isCall(fields) ? "open call" : "open";
}

function mayBecomeKnown(start: string): boolean {
  return KNOWN_KEYS.some((key) => key.startsWith(start));
}

function isCall(fields: Fields): boolean {
  const keys = [...fields.keys()];
  if (keys.some((key) => CALL_KEYS.includes(key))) return true;
  if (keys.some((key) => TOOL_KEYS.includes(key) && isName(fields.get(key)))) return true;
  if (fields.get("function")?.startsWith("{")) return true;
  return keys.some((key) => NAME_KEYS.includes(key) && isName(fields.get(key))) &&
    keys.some((key) => ARGUMENT_KEYS.includes(key));
}

function isName(value: string | undefined): boolean {
  return value !== undefined && /^["']/.test(value) && NAME.test(value.slice(1, -1));
}

function skipBlanks(text: string, from: number, also = ""): number {
  let at = from;
  while (at < text.length && (/\s/.test(text[at]!) || also.includes(text[at]!))) at++;
  return at;
}

/** The index behind the string that begins at `from`; -1 when it has not ended. */
function endOfString(text: string, from: number): number {
  const quote = text[from];
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === quote) return at + 1;
  }
  return -1;
}

function endOfValue(text: string, from: number): number {
  const first = text[from]!;
  if (first === '"' || first === "'") return endOfString(text, from);
  if (first === "{" || first === "[") return endOfBrackets(text, from);
  const rest = /[,}\]\s]/.exec(text.slice(from));
  return rest ? from + rest.index : -1;
}

/** The index behind the bracket that closes the one at `from`; -1 when it has not come. */
function endOfBrackets(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const char = text[at]!;
    if (char === '"') {
      at = endOfString(text, at) - 1;
      if (at < 0) return -1;
    } else if (char === "{" || char === "[") depth++;
    else if ((char === "}" || char === "]") && --depth === 0) return at + 1;
  }
  return -1;
}
