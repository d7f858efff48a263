/**
 * Takes `denort`, the runtime that `deno compile` builds on, back out of a compiled program.
 * `deno compile` adds a program's data in a way of its own on each platform (through libsui), and
 * each function here undoes one of them. What cannot be known again does not matter: `deno compile`
 * writes it anew (the ad-hoc signature and the size of __LINKEDIT on a Mac).
 */

/** The name of the trailer, the section or the resource that holds the data. */
const DATA_NAME = "d3n0l4nd";

/**
 * ELF: the data follows the runtime. It ends with 24 bytes: a name, a mark and the data's length,
 * these bytes included.
 */
export function restoreElf(program: Uint8Array): Uint8Array {
  const trailerAt = program.length - 24;
  if (trailerAt < 0 || textAt(program, trailerAt, DATA_NAME.length) !== DATA_NAME) {
    notCompiled("ELF");
  }
  const dataLength = Number(viewOf(program).getBigUint64(trailerAt + 16, true));
  return program.slice(0, program.length - dataLength);
}

const MARK_OF_INTEL_MAC = new TextEncoder().encode("<~sui-data~>");

/** Mach-O for Intel: the data follows the runtime as if it were the end of the string table. */
export function restoreIntelMachO(program: Uint8Array): Uint8Array {
  const runtime = program.slice(0, findLast(program, MARK_OF_INTEL_MAC));
  const view = viewOf(runtime);
  const commands = loadCommands(runtime);
  const { at } = commands.find(({ type }) => type === LC_SYMTAB) ?? notCompiled("Mach-O");
  view.setUint32(at + 20, runtime.length - view.getUint32(at + 16, true), true);
  resizeLinkedit(runtime, commands, runtime.length, 0x1000n);
  return runtime;
}

function findLast(bytes: Uint8Array, pattern: Uint8Array): number {
  for (let at = bytes.length - pattern.length; at >= 0; at--) {
    if (pattern.every((byte, index) => bytes[at + index] === byte)) return at;
  }
  return notCompiled("Mach-O");
}

const MACH_HEADER_BYTES = 32;
const LC_SYMTAB = 0x2;
const LC_DYSYMTAB = 0xb;
const LC_SEGMENT_64 = 0x19;
const LC_CODE_SIGNATURE = 0x1d;
const LC_DYLD_INFO = 0x22;
const LC_FUNCTION_STARTS = 0x26;
const LC_DATA_IN_CODE = 0x29;
const LC_DYLD_EXPORTS_TRIE = 0x33;
const LC_DYLD_CHAINED_FIXUPS = 0x34;
/** Set in the number of a load command that the loader must know. */
const LC_REQ_DYLD = 0x80000000;

/** Where load commands hold offsets into __LINKEDIT, by the number of the command. */
const LINKEDIT_OFFSETS: Record<number, number[]> = {
  [LC_SYMTAB]: [8, 16],
  [LC_DYSYMTAB]: [32, 40, 48, 56, 64, 72],
  [LC_CODE_SIGNATURE]: [8],
  [LC_DYLD_INFO]: [8, 16, 24, 32, 40],
  [LC_FUNCTION_STARTS]: [8],
  [LC_DATA_IN_CODE]: [8],
  [LC_DYLD_EXPORTS_TRIE]: [8],
  [LC_DYLD_CHAINED_FIXUPS]: [8],
};

/** Mach-O for Apple silicon: the data is a segment of its own, __SUI, before __LINKEDIT. */
export function restoreArmMachO(program: Uint8Array): Uint8Array {
  const commands = loadCommands(program);
  const sui =
    commands.find(({ type, at }) =>
      type === LC_SEGMENT_64 && textAt(program, at + 8, 16) === "__SUI"
    ) ?? notCompiled("Mach-O");
  const view = viewOf(program);
  const dataAt = Number(view.getBigUint64(sui.at + 40, true));
  const dataLength = Number(view.getBigUint64(sui.at + 48, true));
  const runtime = new Uint8Array(program.length - dataLength);
  runtime.set(program.subarray(0, dataAt));
  runtime.set(program.subarray(dataAt + dataLength), dataAt);
  removeCommand(runtime, sui, MACH_HEADER_BYTES + view.getUint32(20, true));
  moveLinkedit(runtime, dataAt + dataLength, dataLength);
  return removeSignature(runtime);
}

/** The signature is the end of the file; its command stays, for the place of the next one. */
function removeSignature(runtime: Uint8Array): Uint8Array {
  const view = viewOf(runtime);
  const commands = loadCommands(runtime);
  const { at } = commands.find(({ type }) => type === LC_CODE_SIGNATURE) ?? notCompiled("Mach-O");
  const end = view.getUint32(at + 8, true);
  view.setUint32(at + 12, 0, true);
  resizeLinkedit(runtime, commands, end, 0x4000n);
  return runtime.slice(0, end);
}

/** Makes __LINKEDIT reach to `end` of the file. */
function resizeLinkedit(runtime: Uint8Array, commands: LoadCommand[], end: number, page: bigint) {
  const view = viewOf(runtime);
  const { at } = commands.find((command) => isSegment(runtime, command, "__LINKEDIT")) ??
    notCompiled("Mach-O");
  const size = BigInt(end) - view.getBigUint64(at + 40, true);
  view.setBigUint64(at + 32, alignUp(size, page), true);
  view.setBigUint64(at + 48, size, true);
}

function isSegment(program: Uint8Array, { type, at }: LoadCommand, name: string): boolean {
  return type === LC_SEGMENT_64 && textAt(program, at + 8, 16) === name;
}

/** The commands after it move up; zeros fill the place that gets free at their end. */
function removeCommand(runtime: Uint8Array, { at, size }: LoadCommand, end: number): void {
  runtime.copyWithin(at, at + size, end);
  runtime.fill(0, end - size, end);
  const view = viewOf(runtime);
  view.setUint32(16, view.getUint32(16, true) - 1, true);
  view.setUint32(20, view.getUint32(20, true) - size, true);
}

/** Takes `distance` from what points to `from` or behind it. */
function moveLinkedit(runtime: Uint8Array, from: number, distance: number): void {
  const view = viewOf(runtime);
  for (const command of loadCommands(runtime)) {
    const { type, at } = command;
    for (const field of LINKEDIT_OFFSETS[type & ~LC_REQ_DYLD] ?? []) {
      const offset = view.getUint32(at + field, true);
      if (offset >= from) view.setUint32(at + field, offset - distance, true);
    }
    for (const field of isSegment(runtime, command, "__LINKEDIT") ? [24, 40] : []) {
      view.setBigUint64(at + field, view.getBigUint64(at + field, true) - BigInt(distance), true);
    }
  }
}

interface LoadCommand {
  type: number;
  at: number;
  size: number;
}

function loadCommands(program: Uint8Array): LoadCommand[] {
  const view = viewOf(program);
  if (program.length < MACH_HEADER_BYTES || view.getUint32(0, true) !== 0xfeedfacf) {
    notCompiled("Mach-O");
  }
  const commands: LoadCommand[] = [];
  let at = MACH_HEADER_BYTES;
  for (let left = view.getUint32(16, true); left > 0; left--) {
    const size = view.getUint32(at + 4, true);
    commands.push({ type: view.getUint32(at, true), at, size });
    at += size;
  }
  return commands;
}

const SECTION_BYTES = 40;

/** PE: the data is the only resource, in a section of its own at the end, .pedata. */
export function restorePe(program: Uint8Array): Uint8Array {
  if (textAt(program, 0, 2) !== "MZ") notCompiled("PE");
  const original = viewOf(program);
  const header = original.getUint32(0x3c, true);
  const optional = header + 24;
  const count = original.getUint16(header + 6, true);
  const last = optional + original.getUint16(header + 20, true) + (count - 1) * SECTION_BYTES;
  if (textAt(program, header, 4) !== "PE" || textAt(program, last, 8) !== ".pedata") {
    notCompiled("PE");
  }
  const runtime = program.slice(0, original.getUint32(last + 20, true));
  const view = viewOf(runtime);
  view.setUint16(header + 6, count - 1, true);
  view.setUint32(optional + 56, view.getUint32(last + 12, true), true);
  const resourceDirectory = optional + 112 + 2 * 8;
  runtime.fill(0, resourceDirectory, resourceDirectory + 8);
  runtime.fill(0, last, last + SECTION_BYTES);
  return runtime;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The text up to the first zero byte, at most `length` bytes. */
function textAt(bytes: Uint8Array, at: number, length: number): string {
  return new TextDecoder().decode(bytes.subarray(at, at + length)).replace(/\0[^]*/, "");
}

function alignUp(size: bigint, page: bigint): bigint {
  return (size + page - 1n) / page * page;
}

function notCompiled(format: string): never {
  throw new Error(`Cannot take the runtime out of the ${format} file: it is no compiled program`);
}
