/** Longer texts cost the platform's decoder little in proportion. */
const MAX_LENGTH = 64;
const CACHE_SIZE = 4096;

/**
 * A UTF-8 decoder for many short texts, of which most are the same: names of fields, rules, paths.
 * The platform's own takes about a microsecond for each; here a known text is found by its bytes.
 */
export class ShortTextDecoder {
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true });
  readonly #known: (string | undefined)[] = new Array(CACHE_SIZE).fill(undefined);

  decode(bytes: Uint8Array = EMPTY): string {
    if (bytes.length > MAX_LENGTH) return this.#decoder.decode(bytes);
    let hash = bytes.length;
    for (let index = 0; index < bytes.length; index++) {
      const byte = bytes[index]!;
      if (byte > 0x7f) return this.#decoder.decode(bytes);
      hash = Math.imul(hash, 31) + byte | 0;
    }
    const slot = hash & CACHE_SIZE - 1, known = this.#known[slot];
    if (known !== undefined && isSame(known, bytes)) return known;
    return this.#known[slot] = String.fromCharCode(...bytes);
  }
}

const EMPTY = new Uint8Array();

function isSame(text: string, ascii: Uint8Array): boolean {
  if (text.length !== ascii.length) return false;
  for (let index = 0; index < ascii.length; index++) {
    if (text.charCodeAt(index) !== ascii[index]) return false;
  }
  return true;
}
