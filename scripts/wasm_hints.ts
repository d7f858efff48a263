import { joinBytes } from "../config/join_bytes.ts";
import { CODE, CUSTOM, DATA_COUNT, readSections } from "./wasm_sections.ts";

/**
 * V8 compiles WebAssembly lazily, each function when it is called first, in the thread that calls: of
 * Biome's 36,000 functions a lint calls 2,000, and coming back to the compiler takes longer than
 * compiling. Those with a hint V8 compiles together, in all threads, as soon as it has the module. An
 * engine without support passes over the section.
 *
 * It is the section of https://github.com/WebAssembly/compilation-hints, but without a count of the
 * hints of each function, as V8 14 reads it.
 */
const SECTION = "metadata.code.compilation_priority";

const AT_ONCE = 1;

/**
 * The module with a hint for each of the functions.
 *
 * @param functions their indices, ascending; those that are imported count
 * @throws when it has no code
 */
export function withHints(
  wasm: Uint8Array<ArrayBuffer>,
  functions: readonly number[],
): Uint8Array<ArrayBuffer> {
  const sections = readSections(wasm);
  const code = sections.find(({ id }) => id === CODE);
  if (!code) throw new Error("The WebAssembly module has no code");
  const { start } = sections.find(({ id }) => id === DATA_COUNT) ?? code;
  return joinBytes([wasm.subarray(0, start), hintSection(functions), wasm.subarray(start)]);
}

/** Each hint: the function, the place in it (0: all of it), the hint's bytes and their number. */
function hintSection(functions: readonly number[]): Uint8Array {
  const hints = functions.flatMap((index) => [...unsigned(index), 0, 1, AT_ONCE]);
  const name = new TextEncoder().encode(SECTION);
  const content = [...unsigned(name.length), ...name, ...unsigned(functions.length), ...hints];
  return Uint8Array.from([CUSTOM, ...unsigned(content.length), ...content]);
}

function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [value & 0x7f | 0x80, ...unsigned(value >>> 7)];
}
