import { splitFences } from "./fences.ts";

const OPEN = "<think>";
const CLOSE = "</think>";

/**
 * Takes the thinking out of a reply while it arrives: `<think>…</think>` in front of the answer. The same
 * tags later on are part of the answer, which may well be about them.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { ThinkingFilter } from "./thinking.ts";
 *
 * const filter = new ThinkingFilter();
 * const shown = ["<th", "ink>Hm.</thi", "nk>\n\nYes"].map((piece) => filter.push(piece));
 * assert.deepEqual([...shown, filter.end()], ["", "", "Yes", ""]);
 * ```
 */
export class ThinkingFilter {
  #state: "start" | "thinking" | "answer" = "start";
  /** Blanks in front of what may become a tag. */
  #blanks = "";
  /** What may be the beginning of a tag. */
  #held = "";
  #thought = false;

  /** Takes the next piece of the reply. @returns what of the answer is known now */
  push(piece: string): string {
    let rest = piece;
    while (this.#state !== "answer" && rest !== "") {
      rest = this.#state === "start" ? this.#seekOpening(rest) : this.#seekClosing(rest);
    }
    return rest;
  }

  /** Whether thinking has come, with both its tags. */
  get thought(): boolean {
    return this.#thought;
  }

  /** @returns what was held back: the reply is over */
  end(): string {
    return this.#state === "start" ? this.#leading() + this.#held : "";
  }

  #seekOpening(piece: string): string {
    const seen = this.#held + piece;
    const tag = seen.trimStart();
    this.#blanks += seen.slice(0, seen.length - tag.length);
    this.#held = tag;
    if (OPEN.startsWith(tag) && tag !== OPEN) return "";
    this.#held = "";
    if (tag.startsWith(OPEN)) return this.#enter("thinking", tag.slice(OPEN.length));
    return this.#enter("answer", this.#leading() + tag);
  }

  #seekClosing(piece: string): string {
    const seen = this.#held + piece;
    const end = seen.indexOf(CLOSE);
    this.#held = end < 0 ? seen.slice(1 - CLOSE.length) : "";
    if (end < 0) return "";
    this.#thought = true;
    return this.#enter("start", seen.slice(end + CLOSE.length));
  }

  #enter(state: "start" | "thinking" | "answer", rest: string): string {
    this.#state = state;
    if (state !== "answer") this.#blanks = "";
    return rest;
  }

  /** The blanks that set the thinking apart from the answer belong to neither. */
  #leading(): string {
    return this.#thought ? "" : this.#blanks;
  }
}

/** Alone on its line, as templates and models set it; elsewhere it is spoken of. */
const CLOSING_LINE = /^[ \t]*<\/think>[ \t]*$/m;

/**
 * A whole reply of a model whose template opens the thinking itself, so that only its end is seen. A tag
 * in a fenced block is part of the answer.
 */
export function dropOpenedThinking(text: string): string {
  const tag = CLOSING_LINE.exec(text.replaceAll("\r", " "));
  if (!tag) return text;
  const isInCode = splitFences(text.slice(0, tag.index)).blocks.some(({ closed }) => !closed);
  return isInCode ? text : text.slice(tag.index + tag[0].length).trimStart();
}
