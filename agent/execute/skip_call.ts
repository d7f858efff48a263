/** Takes a part of the text that follows; `done` once all that is to be skipped was there. */
export interface Skip {
  (text: string): { used: number; done: boolean };
}

/** Skips up to and including a closing mark. */
export function skipUntil(mark: string): Skip {
  let seen = "";
  return (text) => {
    const joined = seen + text;
    const at = joined.indexOf(mark);
    if (at >= 0) return { used: at + mark.length - seen.length, done: true };
    seen = joined.slice(-(mark.length - 1));
    return { used: text.length, done: false };
  };
}

/** Skips the rest of a fenced block, its closing line included. */
export function skipFence(fence: string): Skip {
  let line = "";
  const closes = () => line.trimEnd().startsWith(fence) && line.trim().length >= fence.length;
  return (text) => {
    for (let at = 0; at < text.length; at++) {
      if (text[at] !== "\n") line += line.length < 80 ? text[at] : "";
      else if (closes()) return { used: at, done: true };
      else line = "";
    }
    return { used: text.length, done: false };
  };
}

/** How deep in brackets a text stands after each of its characters; those within strings do not count. */
class Brackets {
  depth = 0;
  inString = false;
  #isEscaped = false;

  take(char: string): void {
    if (this.inString) this.#takeInString(char);
    else if (char === '"') this.inString = this.depth > 0;
    else if (char === "{" || char === "[") this.depth++;
    else if (char === "}" || char === "]") this.depth = Math.max(0, this.depth - 1);
  }

  #takeInString(char: string): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (char === "\\") this.#isEscaped = true;
    else if (char === '"') this.inString = false;
  }
}

/**
 * Skips what belongs to a call behind its mark: blanks, then JSON, or a line that calls something,
 * with the JSON in it. Ends before a tag and at the end of a line outside of JSON.
 */
export function skipCallTail(): Skip {
  const brackets = new Brackets();
  let hasBegun = false;
  return (text) => {
    for (let at = 0; at < text.length; at++) {
      const char = text[at]!;
      const isEnd = brackets.depth === 0 && (char === "<" || char === "\n" && hasBegun);
      if (isEnd) return { used: at, done: true };
      hasBegun ||= !/\s/.test(char);
      brackets.take(char);
    }
    return { used: text.length, done: false };
  };
}

/** Skips JSON that begins at once, and nothing behind it. An empty line ends it when it is broken. */
export function skipJson(): Skip {
  const brackets = new Brackets();
  let last = "";
  return (text) => {
    for (let at = 0; at < text.length; at++) {
      const char = text[at]!;
      const isBroken = char === "\n" && last === "\n" && !brackets.inString;
      if (isBroken) return { used: at, done: true };
      last = char;
      brackets.take(char);
      if (brackets.depth === 0) return { used: at + 1, done: true };
    }
    return { used: text.length, done: false };
  };
}
