import assert from "node:assert/strict";
// A package that is in use is resolved to where it lies.
import "markdownlint/sync";
import { markdownRules } from "./markdown_catalog.ts";

const SCHEMA = "../schema/markdownlint-config-schema.json";

/** The package's own list: `MD025/single-title/single-h1 : …`, and its page about each. */
async function packageRules(): Promise<string[][]> {
  const url = new URL(SCHEMA, import.meta.resolve("markdownlint"));
  const { properties } = JSON.parse(await Deno.readTextFile(url));
  const told = Object.entries(properties as Record<string, { description: string }>)
    .filter(([key]) => /^MD\d+$/.test(key));
  return told.map(([, { description }]) => {
    const [names, , url] = description.split(" : ");
    return [...names!.split("/"), url!];
  });
}

Deno.test("markdownRules() has each rule of the package, by all its names", async () => {
  const ours = markdownRules().map((
    { code, name, aliases = [], url },
  ) => [code, name, ...aliases, url!]);
  assert.deepEqual(ours, await packageRules());
});

Deno.test("markdownRules() says of those rules that they are mended that the package mends", async () => {
  const url = new URL("../doc/Rules.md", import.meta.resolve("markdownlint"));
  const sections = (await Deno.readTextFile(url)).split(/^## (?=`MD\d+`)/m).slice(1);
  const mended = sections.filter((one) => one.includes("\nFixable: Some")).map((one) =>
    one.slice(1, 6)
  );
  const ours = markdownRules().filter(({ fixable }) => fixable !== "none").map(({ code }) => code);
  assert.deepEqual(ours, mended);
});

Deno.test("markdownRules() explains each rule: what, why and how to mend it", () => {
  for (const { code, summary, why = "", instead = "" } of markdownRules()) {
    for (const text of [summary, why, instead]) {
      assert.match(text, /^[A-Z`].{5,}[.)]$/s, `${code}: ${text}`);
    }
  }
});
