import assert from "node:assert/strict";
import { probeRoom, probeWrite } from "./probe_write.ts";
import { codeOf } from "./read_small_file.ts";

Deno.test("probeWrite() leaves nothing in the folder", async () => {
  const folder = await Deno.makeTempDir();
  await probeWrite(folder);
  await probeRoom(folder);
  assert.deepEqual(await Array.fromAsync(Deno.readDir(folder)), []);
  await Deno.remove(folder);
});

Deno.test("probeWrite() throws where nothing can be written, probeRoom() only for want of room", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/file`, "");
  for (const wrong of [`${folder}/none`, `${folder}/file`]) {
    await assert.rejects(probeWrite(wrong));
    await probeRoom(wrong);
  }
  await Deno.remove(folder, { recursive: true });
});

async function run(name: string, ...args: string[]): Promise<boolean> {
  return (await new Deno.Command(name, { args, stderr: "null" }).output()).success;
}

Deno.test("probeWrite() and probeRoom() throw where the disk is full, and leave nothing there", async () => {
  if (Deno.build.os !== "linux") return;
  const folder = await Deno.makeTempDir();
  try {
    if (!await run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder)) return;
    await Deno.writeFile(`${folder}/fill`, new Uint8Array(64 * 1024)).catch(() => {});
    for (const probe of [probeWrite, probeRoom]) {
      await assert.rejects(probe(folder), (error) => codeOf(error) === "ENOSPC");
    }
    assert.deepEqual(await Array.fromAsync(Deno.readDir(folder), ({ name }) => name), ["fill"]);
  } finally {
    await run("umount", folder);
    await Deno.remove(folder);
  }
});
