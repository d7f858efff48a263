import assert from "node:assert/strict";
import { restoreArmMachO, restoreElf, restoreIntelMachO, restorePe } from "./restore_denort.ts";

const text = (value: string) => new TextEncoder().encode(value);
const u32 = (...values: number[]) => new Uint8Array(Uint32Array.from(values).buffer);
const u64 = (...values: number[]) => new Uint8Array(BigUint64Array.from(values, BigInt).buffer);

function join(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(parts.flatMap((part) => [...part]));
}

/** `bytes`, followed by zeros up to `length`. */
function pad(bytes: Uint8Array, length: number): Uint8Array {
  const padded = new Uint8Array(length);
  padded.set(bytes);
  return padded;
}

Deno.test("restoreElf() cuts the data and its trailer off", () => {
  const data = text("the program");
  const trailer = join(text("d3n0l4nd"), u32(0x501e, 0), u64(data.length + 24));
  assert.deepEqual(
    restoreElf(join(text("\x7fELF runtime"), data, trailer)),
    text("\x7fELF runtime"),
  );
});

function segment(name: string, vmAddress: number, vmSize: number, at: number, size: number) {
  return join(
    u32(0x19, 72),
    pad(text(name), 16),
    u64(vmAddress, vmSize, at, size),
    u32(1, 1, 0, 0),
  );
}

function machO(...commands: Uint8Array[]): Uint8Array {
  const size = commands.reduce((sum, { length }) => sum + length, 0);
  return pad(join(u32(0xfeedfacf, 7, 3, 2, commands.length, size, 0, 0), ...commands), 512);
}

Deno.test("restoreIntelMachO() cuts the data off and ends __LINKEDIT and the strings before it", () => {
  const build = (size: number, vmSize: number, strings: number) =>
    machO(segment("__LINKEDIT", 0x1000, vmSize, 512, size), u32(0x2, 24, 512, 1, 520, strings));
  const linkedit = text("symbols.strings.");
  const data = join(text("<~sui-data~>"), u32(0xdeadbeef), u64(4), text("data"));
  const compiled = join(build(44, 44, 36), linkedit, data);
  assert.deepEqual(restoreIntelMachO(compiled), join(build(16, 0x1000, 8), linkedit));
});

Deno.test("restoreArmMachO() takes the segment of the data and the signature out", () => {
  const linkedit = text("symbols.strings.");
  const sui = segment("__SUI", 0x4000, 0x4000, 512, 32);
  const compiled = join(
    machO(
      sui,
      segment("__LINKEDIT", 0x8000, 64, 544, 25),
      u32(0x2, 24, 544, 1, 552, 8),
      u32(0x1d, 16, 560, 9),
    ),
    pad(text("the program"), 32),
    linkedit,
    text("signature"),
  );
  const restored = restoreArmMachO(compiled);
  const expected = join(
    machO(
      segment("__LINKEDIT", 0x8000 - 32, 0x4000, 512, 16),
      u32(0x2, 24, 512, 1, 520, 8),
      u32(0x1d, 16, 528, 0),
    ),
    linkedit,
  );
  assert.deepEqual(restored, expected);
});

Deno.test("restorePe() takes the section of the data out of the header and the file", () => {
  const section = (name: string, address: number, at: number) =>
    join(pad(text(name), 8), u32(16, address, 16, at, 0, 0, 0, 0x40000040));
  const optional = (imageSize: number, resources: number) => {
    const header = new Uint8Array(240);
    const view = new DataView(header.buffer);
    view.setUint32(56, imageSize, true);
    view.setUint32(112 + 16, resources, true);
    return header;
  };
  const build = (count: number, header: Uint8Array, sections: Uint8Array) => {
    const coff = join(text("PE\0\0"), u32(0x8664 | count << 16, 0, 0, 0, 240));
    return pad(join(pad(u32(0x5a4d), 0x3c), u32(0x40), coff, header, sections), 512);
  };
  const both = join(section(".text", 0x1000, 512), section(".pedata", 0x2000, 528));
  const code = pad(text("code"), 16);
  const compiled = join(build(2, optional(0x2010, 0x2000), both), code, pad(text("data"), 16));
  const expected = join(build(1, optional(0x2000, 0), section(".text", 0x1000, 512)), code);
  assert.deepEqual(restorePe(compiled), expected);
});

Deno.test("each restore refuses what is no compiled program", () => {
  for (const restore of [restoreElf, restoreIntelMachO, restoreArmMachO, restorePe]) {
    const message = /^Cannot take the runtime out of the (ELF|Mach-O|PE) file/;
    assert.throws(() => restore(pad(machO(), 600)), { message });
    assert.throws(() => restore(new Uint8Array(4)), { message });
  }
});
