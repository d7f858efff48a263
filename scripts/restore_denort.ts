/**
 * Takes `denort`, the runtime that `deno compile` builds on, back out of a compiled program.
 * `deno compile` adds the program's data in another way on each platform (with the libsui library).
 */

const encoder = new TextEncoder();

/** ELF: the data follows the runtime; the last 24 bytes are a name, a mark and the data's length. */
export function restoreElf(program: Uint8Array): Uint8Array {
  const trailerLength = 24;
  const trailer = viewOf(program.subarray(program.length - trailerLength));
  if (!startsWith(program.subarray(program.length - trailerLength), "d3n0l4nd")) {
    throw new Error(
      "Cannot find the runtime in the carrier: it has no trailer of a compiled program",
    );
  }
  const dataLength = Number(trailer.getBigUint64(16, true));
  return program.slice(0, program.length - trailerLength - dataLength);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return encoder.encode(text).every((byte, index) => bytes[index] === byte);
}
