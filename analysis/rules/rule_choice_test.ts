import assert from "node:assert/strict";
import type { Issue } from "../issue.ts";
import { chosenIssues, ruffChoice } from "./rule_choice.ts";

const RULES = ["F401", "lint/style/useConst", "lint/suspicious/noVar", "MD013", "devmcp/nesting"];

function left(select?: string[], ignore?: string[]): string[] {
  const issues = [...RULES, "syntax-error"].map((rule) => ({ rule }) as Issue);
  return chosenIssues(issues, { select, ignore }).map(({ rule }) => rule);
}

Deno.test("chosenIssues() keeps what is selected and not ignored, and what is broken", () => {
  const table: [string[] | undefined, string[] | undefined, string[]][] = [
    [undefined, undefined, RULES],
    [["F"], undefined, ["F401"]],
    [["ALL"], ["lint/style"], RULES.filter((rule) => !rule.startsWith("lint/style"))],
    [["lint/style"], undefined, ["lint/style/useConst"]],
    [["lint/styl"], undefined, []],
    [["MD", "devmcp/"], undefined, ["MD013", "devmcp/nesting"]],
    [["biome/lint"], undefined, ["lint/style/useConst", "lint/suspicious/noVar"]],
    [undefined, ["MD0", "E"], RULES.filter((rule) => rule !== "MD013")],
  ];
  for (const [select, ignore, rules] of table) {
    assert.deepEqual(left(select, ignore), [...rules, "syntax-error"], JSON.stringify([select]));
  }
});

Deno.test("ruffChoice() leaves to Ruff what is not surely another's", () => {
  const select = ["F", "E7", "lint/style", "MD013", "unused-import", "duplicate-key"];
  assert.deepEqual(ruffChoice({ select }), {
    select: ["F", "E7", "unused-import"],
    ignore: undefined,
  });
});
