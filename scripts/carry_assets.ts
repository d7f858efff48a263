/**
 * Puts the packed assets between the runtime and the program of a binary. Deno reads the whole program
 * into memory at each start, a millisecond for each megabyte; what lies before it is read when it is
 * needed. Only an ELF file may hold bytes that none of its headers names.
 */
import { type AssetName, ASSETS, type Places } from "../assets/load.ts";

/** Whether binaries of the target can carry assets. */
export function canCarry(target: string): boolean {
  return target.endsWith("-linux-gnu");
}

/**
 * Writes a runtime that carries the assets of a folder, and beside them `places.json`.
 *
 * @param folder has `NAME.bin` of each asset
 * @returns the runtime's path
 */
export async function carryAssets(runtime: string, folder: URL): Promise<string> {
  const parts = [await Deno.readFile(runtime)];
  const places = {} as Places;
  let offset = parts[0]!.length;
  for (const name of ASSETS) {
    const packed = await Deno.readFile(assetFile(name, folder));
    places[name] = [offset, packed.length];
    offset += packed.length;
    parts.push(packed);
  }
  const output = new URL("runtime", folder);
  await Deno.writeFile(output, new Blob(parts).stream());
  await Deno.writeTextFile(new URL("places.json", folder), JSON.stringify(places));
  return output.pathname;
}

function assetFile(name: AssetName, folder: URL): URL {
  return new URL(`${name}.bin`, folder);
}
