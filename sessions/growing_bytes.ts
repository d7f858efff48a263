/** Bytes that others are added to. */
export class GrowingBytes {
  #bytes = new Uint8Array();
  #length = 0;

  add(bytes: Uint8Array): void {
    const length = this.#length + bytes.length;
    if (length > this.#bytes.length) this.#grow(length);
    this.#bytes.set(bytes, this.#length);
    this.#length = length;
  }

  /** All of them; valid until more are added. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  clear(): void {
    this.#bytes = new Uint8Array();
    this.#length = 0;
  }

  /** By a quarter at least, so that each byte is copied only a few times. */
  #grow(length: number): void {
    const larger = new Uint8Array(Math.max(length, Math.ceil(this.#bytes.length * 1.25)));
    larger.set(this.view());
    this.#bytes = larger;
  }
}
