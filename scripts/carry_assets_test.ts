import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { ASSETS, type Places } from "../assets/load.ts";
import { canCarry, carryAssets } from "./carry_assets.ts";

Deno.test("carryAssets() puts each asset where places.json says, behind the runtime", async () => {
  const path = await Deno.makeTempDir();
  const folder = pathToFileURL(`${path}/`);
  try {
    for (const name of ASSETS) {
      await Deno.writeTextFile(new URL(`${name}.bin`, folder), `<${name}>`);
    }
    await Deno.writeTextFile(new URL("denort", folder), "runtime");
    const carried = await Deno.readTextFile(await carryAssets(`${path}/denort`, folder));
    const places: Places = JSON.parse(await Deno.readTextFile(new URL("places.json", folder)));
    assert.ok(carried.startsWith("runtime"));
    for (const name of ASSETS) {
      const [offset, length] = places[name];
      assert.equal(carried.slice(offset, offset + length), `<${name}>`);
    }
  } finally {
    await Deno.remove(path, { recursive: true });
  }
});

Deno.test("canCarry() is true for Linux only", () => {
  assert.ok(canCarry("aarch64-unknown-linux-gnu"));
  assert.ok(!canCarry("aarch64-apple-darwin") && !canCarry("x86_64-pc-windows-msvc"));
});
