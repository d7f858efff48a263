/** Lints every file of a list, one path a line, and does nothing else. */
import { createEngines } from "../analysis/engines.ts";
import { DEFAULT_SETTINGS } from "../analysis/ruff/ruff_settings.ts";
import { loadAsset } from "../assets/load.ts";
import { decodeSource } from "../workspace/source.ts";

const ruff = await createEngines(loadAsset).ruff();
const list = await Deno.readTextFile(Deno.args[0]!);
let issues = 0;
for (const path of list.split("\n").filter(Boolean)) {
  issues += ruff.lint(decodeSource(await Deno.readFile(path), path).text, DEFAULT_SETTINGS).length;
}
console.log(issues);
