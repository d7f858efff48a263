import assert from "node:assert/strict";
import { createRules } from "./rules.ts";
import { OWN_RULES } from "./own_rules.ts";

const rules = createRules("[]");

/** The ids that the modules beside this one give issues: `rule: "…"`, or a constant's name. */
async function idsInSources(folder: URL): Promise<string[]> {
  const ids: string[] = [];
  for await (const { name, isDirectory, isFile } of Deno.readDir(folder)) {
    if (isDirectory) ids.push(...await idsInSources(new URL(`${name}/`, folder)));
    if (!isFile || !/(?<!_test|_fixture)\.ts$/.test(name)) continue;
    const text = await Deno.readTextFile(new URL(name, folder));
    ids.push(...Array.from(text.matchAll(/\brule: "([^"]+)"/g), ([, id]) => id!));
    for (const [, constant] of text.matchAll(/\brule: ([A-Z_]+)\b/g)) {
      const id = new RegExp(`const ${constant} = "([^"]+)"`).exec(text)?.[1];
      ids.push(id ?? `${name}: ${constant}, which is not written in this file`);
    }
  }
  return ids;
}

Deno.test("OWN_RULES has every rule that a module of analysis/ finds on its own", async () => {
  const ids = new Set(await idsInSources(new URL("../", import.meta.url)));
  for (const id of ["file-too-large", "biome-plugins", "duplicate-key", "devmcp/unused-ignore"]) {
    assert.ok(ids.has(id), `the search finds ${id} no more`);
  }
  assert.deepEqual([...ids].filter((id) => !rules.find(id)), []);
});

Deno.test("OWN_RULES explains each rule: what, why and how to mend it", () => {
  for (const { code, summary, why = "", instead = "" } of OWN_RULES) {
    for (const text of [summary, why, instead]) {
      assert.match(text, /^[A-Z`].{5,}[.)]$/s, `${code}: ${text}`);
    }
  }
});

Deno.test("OWN_RULES rates a rule as those do who find it", () => {
  const rated = (code: string) => rules.find(code)?.severity;
  assert.deepEqual(
    ["syntax-not-checked", "file-too-large", "biome-plugins", "duplicate-key"].map(rated),
    ["info", "info", "info", "major"],
  );
});
