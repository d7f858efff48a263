import { CHANGING_TURNS, END } from "./session_bytes.ts";

/** What a session's file says, not validated yet. */
export interface ParsedSession {
  value: unknown;
  /** Of the turns but the newest ones, from the line break before the first; empty in a file of other lines. */
  settled: Uint8Array;
}

interface Line {
  start: number;
  end: number;
}

const LINE_BREAK = 0x0a;
/** The lines before the first turn. */
const HEAD_LINES = 2;

/**
 * Reads a session's file. Lines as we write them are read one by one: that is faster, and their bytes
 * can be written again as they are. Others, from another program or an editor, are read as JSON.
 *
 * @throws {SyntaxError}
 */
export function parseSession(bytes: Uint8Array): ParsedSession {
  try {
    const parsed = parseLines(bytes);
    if (parsed) return parsed;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return { value: parseJson(decode(bytes)), settled: new Uint8Array() };
}

function parseLines(bytes: Uint8Array): ParsedSession | undefined {
  const lines = linesOf(bytes);
  const text = (line: Line | undefined) => line ? decode(bytes.subarray(line.start, line.end)) : "";
  const [first, second] = lines;
  const turns = lines.slice(HEAD_LINES, -1);
  if (!second || turns.length === 0 || text(lines.at(-1)) !== END) return undefined;
  const head = parseJson(`${text(first)}${text(second)}${END}`) as Record<string, unknown>;
  const values = turns.map((line, i) => {
    const isLast = i === turns.length - 1;
    const turn = text(line);
    if (!isLast && !turn.endsWith(",")) throw new SyntaxError("no comma between turns");
    return parseJson(isLast ? turn : turn.slice(0, -1));
  });
  const lastSettled = turns.at(-CHANGING_TURNS - 1);
  const settled = lastSettled ? bytes.subarray(second.end, lastSettled.end - 1) : new Uint8Array();
  return { value: { ...head, turns: values }, settled };
}

function linesOf(bytes: Uint8Array): Line[] {
  const lines: Line[] = [];
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(LINE_BREAK, start);
    if (end < 0) return [...lines, { start, end: bytes.length }];
    lines.push({ start, end });
    start = end + 1;
  }
  return lines;
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** `__proto__`, and letters written as what they need not be. */
const SUSPICIOUS = /__proto__|\\u00[2-7]/i;

/** Whoever copies the properties of an object one by one would change its prototype by this one. */
function parseJson(text: string): unknown {
  return SUSPICIOUS.test(text)
    ? JSON.parse(text, (key, value) => key === "__proto__" ? undefined : value)
    : JSON.parse(text);
}
