import { packageVersion } from "../analysis/package_version.ts";
import stored from "./hot_functions.json" with { type: "json" };

/** The packages whose functions are known. */
export type HotPackage = keyof typeof stored;

/**
 * Which functions of an engine's WebAssembly a lint calls, for wasm_hints.ts: their indices, ascending.
 *
 * @throws when they are those of another version
 */
export function hotFunctions(
  name: HotPackage,
  { version, functions } = stored[name],
): number[] {
  if (version === packageVersion(name)) return indicesOf(functions);
  throw new Error(
    `Cannot use hot_functions.json: it is of ${name} ${version}; run scripts/find_hot_functions.ts`,
  );
}

/** Each is written as its distance from the one before. */
function indicesOf(functions: string): number[] {
  let index = 0;
  return functions.split(" ").map((distance) => index += Number(distance));
}
