import { joinBytes } from "../config/join_bytes.ts";

/** The parts that a WebAssembly module is made of, as its binary format has them. */
export const CUSTOM = 0, CODE = 10, DATA_COUNT = 12;
const HEADER_BYTES = 8;

export interface Section {
  id: number;
  /** Where it begins in the module, its id included. */
  start: number;
  /** Where its content begins, and ends. */
  content: number;
  end: number;
}

/** The sections of a module, in order. */
export function readSections(wasm: Uint8Array): Section[] {
  const sections: Section[] = [];
  for (let start = HEADER_BYTES; start < wasm.length;) {
    const { value, next } = readUnsigned(wasm, start + 1);
    sections.push({ id: wasm[start]!, start, content: next, end: next + value });
    start = next + value;
  }
  return sections;
}

/**
 * The module without its custom sections: names of functions, which only a stack trace shows, and
 * who made it. They are a sixth of Biome.
 */
export function withoutCustomSections(wasm: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const kept = readSections(wasm).filter(({ id }) => id !== CUSTOM);
  return joinBytes([
    wasm.subarray(0, HEADER_BYTES),
    ...kept.map(({ start, end }) => wasm.subarray(start, end)),
  ]);
}

/** LEB128, WebAssembly's variable-length integers. */
export function readUnsigned(bytes: Uint8Array, at: number): { value: number; next: number } {
  let value = 0;
  for (let shift = 0;; shift += 7) {
    const byte = bytes[at++]!;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return { value: value >>> 0, next: at };
  }
}
