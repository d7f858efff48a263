/** More messages than these nobody remembers. */
const MAX_WAITING = 20;

/** Messages that wait for their turn. */
export class MessageQueue {
  #texts: string[] = [];

  get texts(): readonly string[] {
    return this.#texts;
  }

  /** False when there is no room. */
  add(text: string): boolean {
    if (this.#texts.length >= MAX_WAITING) return false;
    this.#texts.push(text);
    return true;
  }

  take(): string | undefined {
    return this.#texts.shift();
  }

  /** All that waited, as one text; empty when nothing did. */
  clear(): string {
    return this.#texts.splice(0).join("\n");
  }
}
