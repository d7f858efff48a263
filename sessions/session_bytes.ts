import { GrowingBytes } from "./growing_bytes.ts";
import type { Session, Turn } from "./session.ts";

/** The newest turns may still change, as `/undo` does; the others are written down once. */
export const CHANGING_TURNS = 20;

/**
 * A session as its file's bytes. What lists show is the first line, so that they need not read more;
 * each turn has a line of its own. The text of turns that change no more is kept, so that to save a
 * long session costs no more than to copy it.
 */
export class SessionBytes {
  readonly #settled: Turn[] = [];
  readonly #bytes = new GrowingBytes();

  /**
   * @param turns those that are settled
   * @param bytes what they are in the file, from the line break before the first one
   */
  constructor(turns: Turn[] = [], bytes: Uint8Array = new Uint8Array()) {
    this.#settled.push(...turns);
    this.#bytes.add(bytes);
  }

  /** The file's content in pieces; valid until the next call. */
  encode(session: Session): Uint8Array[] {
    this.#settle(session.turns);
    const newer = session.turns.slice(this.#settled.length);
    const end = newer.map((turn, i) => turnText(turn, this.#settled.length + i)).join("");
    const encoder = new TextEncoder();
    return [
      encoder.encode(headText(session)),
      this.#bytes.view(),
      encoder.encode(`${end}\n${END}\n`),
    ];
  }

  #settle(turns: Turn[]): void {
    const count = Math.max(0, turns.length - CHANGING_TURNS);
    const isSame = this.#settled.length <= count &&
      this.#settled.every((turn, i) => turn === turns[i]);
    if (!isSame) {
      this.#settled.length = 0;
      this.#bytes.clear();
    }
    const encoder = new TextEncoder();
    for (let i = this.#settled.length; i < count; i++) {
      this.#settled.push(turns[i]!);
      this.#bytes.add(encoder.encode(turnText(turns[i]!, i)));
    }
  }
}

/** The last line. */
export const END = "]}";

function turnText(turn: Turn, index: number): string {
  return `${index > 0 ? "," : ""}\n${JSON.stringify(turn)}`;
}

/** The two lines before the turns. */
function headText({ turns, summary, files, last, ...head }: Session): string {
  const first = JSON.stringify({ ...head, turnCount: turns.length }).slice(0, -1);
  const second = JSON.stringify({ summary, files, last }).slice(1, -1);
  return `${first},\n${second},"turns":[`;
}
