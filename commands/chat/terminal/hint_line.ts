/** A hint in place of the status, for a while. */
export class HintLine {
  #text?: string;
  #timer?: ReturnType<typeof setTimeout>;
  readonly #shownMs: number;
  readonly #changed: () => void;

  /** @param changed called when a hint comes, and when it goes */
  constructor(shownMs: number, changed: () => void) {
    this.#shownMs = shownMs;
    this.#changed = changed;
  }

  /** Undefined when there is none. */
  get text(): string | undefined {
    return this.#text;
  }

  /** In place of an earlier one. @param hint safe for a terminal */
  show(hint: string): void {
    this.#text = hint;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#text = undefined;
      this.#changed();
    }, this.#shownMs);
    this.#changed();
  }

  /** Nothing waits for the hint to go any more. */
  close(): void {
    clearTimeout(this.#timer);
  }
}
