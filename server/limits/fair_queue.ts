/** Items that wait, in lines by key: each line in its order, the lines in turn. */
export class FairQueue<T> {
  /** Never empty ones; the first has the next turn. */
  readonly #lines = new Map<string, T[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(key: string, item: T): void {
    const line = this.#lines.get(key);
    if (line) line.push(item);
    else this.#lines.set(key, [item]);
    this.#size++;
  }

  /** The item whose turn it is; its line goes behind the others. */
  shift(): T | undefined {
    const [first] = this.#lines;
    if (!first) return;
    const [key, line] = first;
    const item = line.shift();
    this.#lines.delete(key);
    if (line.length > 0) this.#lines.set(key, line);
    this.#size--;
    return item;
  }

  remove(key: string, item: T): boolean {
    const line = this.#lines.get(key);
    const place = line?.indexOf(item) ?? -1;
    if (!line || place < 0) return false;
    line.splice(place, 1);
    if (line.length === 0) this.#lines.delete(key);
    this.#size--;
    return true;
  }

  /** The last item of the longest line, where that would still be longer than the line of `key` with one more. */
  displacedBy(key: string): { key: string; item: T } | undefined {
    const mine = (this.#lines.get(key)?.length ?? 0) + 1;
    const [other, line] = [...this.#lines].reduce(longer, ["", []]);
    return line.length > mine ? { key: other, item: line.at(-1)! } : undefined;
  }
}

function longer<T>(one: [string, T[]], other: [string, T[]]): [string, T[]] {
  return other[1].length > one[1].length ? other : one;
}
