/** One line of a byte stream without its end, or why it cannot be given. */
export type Line = { text: string; bytes: number } | { problem: "too long" | "not UTF-8" };

const NEWLINE = 0x0a;
const FIRST_CAPACITY = 64 * 1024;

/**
 * Cuts a byte stream into lines, however its chunks fall. A line of more than `maxBytes` is told
 * once, as soon as it is too long, and its bytes are let go: memory stays below 2 · `maxBytes`.
 */
export class LineSplitter {
  readonly #maxBytes: number;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true });
  /** The unfinished line, copied: a chunk of one byte may hold a buffer of 64 KiB. */
  #buffer = new Uint8Array(0);
  #length = 0;
  #skipping = false;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The lines that `chunk` ends, in order. */
  *push(chunk: Uint8Array): Generator<Line> {
    let start = 0;
    for (let end; (end = chunk.indexOf(NEWLINE, start)) >= 0; start = end + 1) {
      yield* this.#append(chunk.subarray(start, end));
      yield* this.end();
    }
    yield* this.#append(chunk.subarray(start));
  }

  /** What is left once the stream has ended: a last line without a newline, if there is one. */
  *end(): Generator<Line> {
    const skipped = this.#skipping;
    const bytes = this.#buffer.subarray(0, this.#length);
    if (this.#buffer.length > FIRST_CAPACITY) this.#buffer = new Uint8Array(0);
    this.#length = 0;
    this.#skipping = false;
    if (!skipped && bytes.length > 0) yield this.#decode(bytes);
  }

  *#append(bytes: Uint8Array): Generator<Line> {
    if (this.#skipping) return;
    if (this.#length + bytes.length > this.#maxBytes) {
      this.#skipping = true;
      this.#buffer = new Uint8Array(0);
      this.#length = 0;
      yield { problem: "too long" };
      return;
    }
    this.#reserve(this.#length + bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  #reserve(length: number): void {
    if (length <= this.#buffer.length) return;
    const grown = new Uint8Array(Math.max(length, FIRST_CAPACITY, 2 * this.#buffer.length));
    grown.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = grown;
  }

  #decode(bytes: Uint8Array): Line {
    try {
      return { text: this.#decoder.decode(bytes), bytes: bytes.length };
    } catch {
      return { problem: "not UTF-8" };
    }
  }
}
