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

/**
 * Skips what belongs to a call behind its mark: blanks, then JSON, or a line that calls something,
 * with the JSON in it. Ends before a tag and at the end of a line outside of JSON.
 */
export function skipCallTail(): Skip {
  let hasBegun = false, depth = 0, inString = false, isEscaped = false;
  return (text) => {
    for (let at = 0; at < text.length; at++) {
      const char = text[at]!;
      if (inString) {
        if (isEscaped) isEscaped = false;
        else if (char === "\\") isEscaped = true;
        else if (char === '"') inString = false;
        continue;
      }
      if (depth === 0 && (char === "<" || char === "\n" && hasBegun)) {
        return { used: at, done: true };
      }
      if (!/\s/.test(char)) hasBegun = true;
      if (char === '"' && depth > 0) inString = true;
      else if (char === "{" || char === "[") depth++;
      else if (char === "}" || char === "]") depth = Math.max(0, depth - 1);
    }
    return { used: text.length, done: false };
  };
}

/** Skips JSON that begins at once, and nothing behind it. An empty line ends it when it is broken. */
export function skipJson(): Skip {
  let depth = 0, inString = false, isEscaped = false, last = "";
  return (text) => {
    for (let at = 0; at < text.length; at++) {
      const char = text[at]!;
      if (char === "\n" && last === "\n" && !inString) return { used: at, done: true };
      last = char;
      if (inString) {
        if (isEscaped) isEscaped = false;
        else if (char === "\\") isEscaped = true;
        else if (char === '"') inString = false;
      } else if (char === '"') inString = true;
      else if (char === "{" || char === "[") depth++;
      else if ((char === "}" || char === "]") && --depth <= 0) return { used: at + 1, done: true };
    }
    return { used: text.length, done: false };
  };
}
