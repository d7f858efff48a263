import { joinBytes } from "../config/join_bytes.ts";
import {
  CODE,
  CUSTOM,
  DATA_COUNT,
  readSections,
  readUnsigned,
  type Section,
} from "./wasm_sections.ts";

/**
 * V8 compiles WebAssembly lazily, in the thread that calls. Of Ruff's 8,000 functions a handful is
 * huge, and every lint needs them: with a hint V8 compiles them on other threads as soon as it has
 * the module, while devmcp still finds, reads and measures the file. An engine without support
 * passes over the section.
 *
 * It is the section of https://github.com/WebAssembly/compilation-hints, but without a count of the
 * hints of each function, as V8 14 reads it.
 */
const SECTION = "metadata.code.compilation_priority";
/** Ruff has seven functions above this many bytes; the eighth has half as many. */
const HUGE_BYTES = 60_000;

const AT_ONCE = 1;

/**
 * The module with a hint for each huge function.
 *
 * @throws when it has no code
 */
export function withHints(wasm: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const sections = readSections(wasm);
  const code = sections.find(({ id }) => id === CODE);
  if (!code) throw new Error("This WebAssembly module has no code");
  const imported = importedFunctions(wasm);
  const huge = bodySizes(wasm, code)
    .flatMap((size, i) => size > HUGE_BYTES ? [imported + i] : []);
  const { start } = sections.find(({ id }) => id === DATA_COUNT) ?? code;
  return joinBytes([wasm.subarray(0, start), hintSection(huge), wasm.subarray(start)]);
}

/** A function's index counts the imported ones first. */
function importedFunctions(wasm: Uint8Array<ArrayBuffer>): number {
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(wasm));
  return imports.filter(({ kind }) => kind === "function").length;
}

function bodySizes(wasm: Uint8Array, code: Section): number[] {
  const sizes: number[] = [];
  for (let at = readUnsigned(wasm, code.content).next; at < code.end;) {
    const { value, next } = readUnsigned(wasm, at);
    sizes.push(value);
    at = next + value;
  }
  return sizes;
}

/** Each hint: the function, the place in it (0: all of it), the hint's bytes and their number. */
function hintSection(functions: number[]): Uint8Array {
  const hints = functions.flatMap((index) => [...unsigned(index), 0, 1, AT_ONCE]);
  const name = new TextEncoder().encode(SECTION);
  const content = [...unsigned(name.length), ...name, ...unsigned(functions.length), ...hints];
  return Uint8Array.from([CUSTOM, ...unsigned(content.length), ...content]);
}

function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [value & 0x7f | 0x80, ...unsigned(value >>> 7)];
}
