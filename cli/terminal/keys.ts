import { keyOfSequence } from "./key_names.ts";

/** What came from the keyboard. */
export type Key =
  /** Typed characters, at least one, no controls. */
  | { kind: "text"; text: string }
  /** Pasted as a whole: text, whatever is in it. */
  | { kind: "paste"; text: string }
  /** `enter`, `ctrl-a`, `alt-left`, `shift-tab` … */
  | { kind: "key"; name: string };

export interface KeyDecoder {
  /** The keys that are complete with these bytes. */
  decode(bytes: Uint8Array): Key[];
  /** Whether an Escape waits for what may follow it. */
  readonly isWaiting: boolean;
  /** Nothing followed: what waits was a key of its own. */
  flush(): Key[];
}

/** Longer pastes are cut. */
export const MAX_PASTE = 1024 * 1024;

const PASTE_START = "\x1b[200~";
const PASTE_END = "\x1b[201~";

/** A control sequence, complete or not yet; what terminals answer to questions is one too. */
// deno-lint-ignore no-control-regex
const CSI = /^\x1b{1,2}\[[\x30-\x3f]*[\x20-\x2f]*([\x40-\x7e])?/;
// deno-lint-ignore no-control-regex
const SS3 = /^\x1b{1,2}O([\x30-\x7e])?/;
/** Strings that terminals send of themselves: colours, their name. */
// deno-lint-ignore no-control-regex
const STRING = /^\x1b(?:\](?=\d|$)|P(?=[\d>!$+]|$))[^\x07\x1b]*(?:(\x07|\x1b\\)|\x1b$)?/;
const MAX_SEQUENCE = 64;
const MAX_STRING = 4096;

/** Decodes what a terminal in raw mode sends; bytes may be cut anywhere. */
export function createKeyDecoder(): KeyDecoder {
  const utf8 = new TextDecoder();
  let rest = "";
  let paste: Paste | undefined;
  const step = (keys: Key[]): boolean => {
    if (paste) {
      rest = paste.add(rest);
      if (!paste.isOver) return false;
      keys.push({ kind: "paste", text: paste.text() });
      paste = undefined;
      return true;
    }
    if (rest.startsWith(PASTE_START)) {
      paste = new Paste();
      rest = rest.slice(PASTE_START.length);
      return true;
    }
    const { length, key } = nextKey(rest);
    if (key) keys.push(key);
    rest = rest.slice(length);
    return length > 0;
  };
  return {
    decode(bytes) {
      const keys: Key[] = [];
      rest += utf8.decode(bytes, { stream: true });
      while (rest !== "" && step(keys));
      return keys;
    },
    get isWaiting() {
      return rest !== "" && !paste;
    },
    flush() {
      if (paste || rest === "") return [];
      const whole = rest;
      rest = "";
      return whole.split("\x1b").slice(1).map(afterFlush);
    },
  };
}

/** What has been pasted so far. */
class Paste {
  #parts: string[] = [];
  #length = 0;
  isOver = false;

  /** Returns what does not belong to it, or may be the beginning of its end. */
  add(text: string): string {
    const end = text.indexOf(PASTE_END);
    this.isOver = end >= 0;
    const kept = this.isOver ? end : text.length - beginningOf(PASTE_END, text);
    this.#keep(text.slice(0, kept));
    return text.slice(this.isOver ? kept + PASTE_END.length : kept);
  }

  text(): string {
    return this.#parts.join("");
  }

  #keep(part: string): void {
    const room = MAX_PASTE - this.#length;
    if (room <= 0) return;
    this.#parts.push(part.slice(0, room));
    this.#length += part.length;
  }
}

/** How many characters at the end of `text` may be the beginning of `mark`. */
function beginningOf(mark: string, text: string): number {
  for (let length = Math.min(mark.length - 1, text.length); length > 0; length--) {
    if (text.endsWith(mark.slice(0, length))) return length;
  }
  return 0;
}

/** The first key of `text`, and how long it is; 0 while it is not complete. */
function nextKey(text: string): { length: number; key?: Key } {
  // deno-lint-ignore no-control-regex
  const plain = /^[^\x00-\x1f\x7f-\x9f]+/.exec(text)?.[0];
  if (plain) return { length: plain.length, key: { kind: "text", text: plain } };
  if (!text.startsWith("\x1b")) return { length: 1, key: named(keyOfSequence(text[0]!)) };
  for (const [pattern, max] of [[CSI, MAX_SEQUENCE], [SS3, 3], [STRING, MAX_STRING]] as const) {
    const match = pattern.exec(text);
    if (match) return sequence(match, text.length, max);
  }
  return afterEscape(text);
}

function sequence(match: RegExpExecArray, available: number, max: number) {
  const [all, end] = match;
  if (end !== undefined) return { length: all.length, key: named(keyOfSequence(all)) };
  const isOpen = all.length === available && all.length <= max;
  return { length: isOpen ? 0 : all.length };
}

/** Alt sends an Escape before the key. */
function afterEscape(text: string): { length: number; key?: Key } {
  const next = text.codePointAt(1);
  if (next === undefined) return { length: 0 };
  if (next === 0x1b && text.length === 2) return { length: 0 };
  if (next === 0x1b) return { length: 1, key: { kind: "key", name: "escape" } };
  const character = String.fromCodePoint(next);
  const name = keyOfSequence(character) ?? character;
  return { length: 1 + character.length, key: named(`alt-${name}`) };
}

/** An Escape that nothing followed, or the beginning of a sequence: Alt and what it begins with. */
function afterFlush(rest: string): Key {
  return { kind: "key", name: rest === "" ? "escape" : `alt-${rest[0]!.toLowerCase()}` };
}

function named(name: string | undefined): Key | undefined {
  return name === undefined ? undefined : { kind: "key", name };
}
