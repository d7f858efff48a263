import assert from "node:assert/strict";
import { assetFolder, type AssetName, ASSETS, loadAsset } from "./load.ts";

const WASM_MAGIC = [0, 0x61, 0x73, 0x6d];

Deno.test("assetFolder() finds dist/assets/ from source and from a bundle", () => {
  const cases = [
    ["file:///house/assets/load.ts", "file:///house/dist/assets/"],
    ["file:///house/dist/main.js", "file:///house/dist/assets/"],
    ["file:///house/dist/chunk-1A2B.js", "file:///house/dist/assets/"],
  ] as const;
  for (const [moduleUrl, folder] of cases) assert.equal(assetFolder(moduleUrl).href, folder);
});

for (const name of ASSETS) {
  Deno.test(`loadAsset() inflates ${name}`, async () => {
    const bytes = await loadAsset(name);
    if (name.endsWith(".wasm")) assert.deepEqual([...bytes.subarray(0, 4)], WASM_MAGIC);
    else if (name.endsWith(".json")) JSON.parse(new TextDecoder().decode(bytes));
    else assert.match(new TextDecoder().decode(bytes), /exports/);
  });
}

Deno.test("loadAsset() rejects a name that was never packed", async () => {
  await assert.rejects(loadAsset("absent.wasm" as AssetName), Deno.errors.NotFound);
});
