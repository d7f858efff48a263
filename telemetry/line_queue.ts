import { atMost } from "../config/at_most.ts";

export interface LineQueueOptions {
  /** Writes whole lines. Lines of which it rejects are lost. */
  write(text: string): Promise<void>;
  /** Told when writing fails, once until it works again. */
  onFailure?(error: unknown): void;
  /** The line that says how many were lost. */
  lostLine(count: number): string;
  /** That wait at most; more are lost. @default 4 Mi */
  maxCharacters?: number;
  /** Written at once, except for a line that is longer. @default 65536 */
  chunkCharacters?: number;
  /** How long lines are collected. @default 20 */
  delayMs?: number;
  /** Before the next try after a failure. @default 1000 */
  retryMs?: number;
}

/** Lines on their way to where they are written, which may be slow or fail: nobody waits for it. */
export class LineQueue {
  readonly #options: Required<LineQueueOptions>;
  #lines: string[] = [];
  #characters = 0;
  #lost = 0;
  #isFailing = false;
  #isClosing = false;
  #timer?: ReturnType<typeof setTimeout>;
  #draining?: Promise<void>;

  constructor(options: LineQueueOptions) {
    this.#options = {
      onFailure: () => {},
      maxCharacters: 4 * 1024 * 1024,
      chunkCharacters: 65_536,
      delayMs: 20,
      retryMs: 1000,
      ...options,
    };
  }

  /** Takes a line with its newline. */
  push(line: string): void {
    if (this.#isClosing || this.#characters + line.length > this.#options.maxCharacters) {
      this.#lost++;
      return;
    }
    this.#lines.push(line);
    this.#characters += line.length;
    this.#schedule(this.#waitMs());
  }

  /** Writes what is left, for `ms` at most; nothing is taken any more. */
  async close(ms: number): Promise<void> {
    this.#isClosing = true;
    await atMost(ms, this.#finish());
    clearTimeout(this.#timer);
    this.#lines = [];
  }

  async #finish(): Promise<void> {
    await this.#draining;
    clearTimeout(this.#timer);
    await this.#drain();
  }

  #waitMs(): number {
    const { delayMs, retryMs } = this.#options;
    return this.#isFailing ? retryMs : delayMs;
  }

  #schedule(ms: number): void {
    if (this.#timer !== undefined || this.#draining) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#draining = this.#drain().finally(() => {
        this.#draining = undefined;
        if (this.#lines.length > 0 && !this.#isClosing) this.#schedule(this.#waitMs());
      });
    }, ms);
  }

  /** Ends when all is written, or at a failure. */
  async #drain(): Promise<void> {
    while (this.#lines.length > 0) {
      const lines = this.#take();
      const { lostLine, write, onFailure } = this.#options;
      const lost = this.#lost;
      try {
        await write((lost > 0 ? lostLine(lost) : "") + lines.join(""));
        this.#lost -= lost;
        this.#isFailing = false;
      } catch (error) {
        this.#lost += lines.length;
        if (!this.#isFailing) onFailure(error);
        this.#isFailing = true;
        return;
      }
    }
  }

  #take(): string[] {
    let count = 0;
    let characters = 0;
    do characters += this.#lines[count++]!.length; while (
      count < this.#lines.length &&
      characters + this.#lines[count]!.length <= this.#options.chunkCharacters
    );
    this.#characters -= characters;
    return this.#lines.splice(0, count);
  }
}
