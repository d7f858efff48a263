/** A line of a text, or a part of a very long one. */
export interface Segment {
  text: string;
  /** Whether an earlier part of the same line came before. */
  goesOn: boolean;
}

const MAX_SEGMENT = 1024;
/** A long line is cut behind the last space of so many code units. */
const SPACE_WITHIN = 200;

/**
 * Cuts a text that comes in pieces into lines without their newlines. Where it cuts depends on the
 * text alone, not on the pieces.
 */
export class LineReader {
  /** What has no end yet. */
  #open = "";
  #goesOn = false;

  push(piece: string): Segment[] {
    const text = this.#open + piece;
    const segments: Segment[] = [];
    let from = 0;
    // What was open before holds no newline.
    for (let newline = text.indexOf("\n", this.#open.length); from <= text.length;) {
      const end = newline < 0 ? text.length : newline;
      if (end - from > MAX_SEGMENT) {
        const to = from + cutLength(text.slice(from, from + MAX_SEGMENT));
        segments.push(this.#segment(text.slice(from, to), true));
        from = to;
      } else if (newline < 0) break;
      else {
        segments.push(this.#segment(text.slice(from, newline), false));
        from = newline + 1;
        newline = text.indexOf("\n", from);
      }
    }
    this.#open = text.slice(from);
    return segments;
  }

  /** What came after the last segment, if anything did. */
  get rest(): Segment | undefined {
    return this.#open === "" ? undefined : { text: this.#open, goesOn: this.#goesOn };
  }

  /** The rest as a last segment. */
  end(): Segment[] {
    const { rest } = this;
    [this.#open, this.#goesOn] = ["", false];
    return rest ? [rest] : [];
  }

  #segment(text: string, goesOn: boolean): Segment {
    const segment = { text, goesOn: this.#goesOn };
    this.#goesOn = goesOn;
    return segment;
  }
}

function cutLength(text: string): number {
  const space = text.lastIndexOf(" ");
  if (space >= text.length - SPACE_WITHIN) return space + 1;
  const isHalf = /[\ud800-\udbff]$/.test(text);
  return isHalf ? text.length - 1 : text.length;
}
