import assert from "node:assert/strict";
import { loadAsset } from "../../assets/load.ts";
import { DEFAULTS } from "../../config/schema.ts";
import type { LoadedConfig } from "../../config/config.ts";
import { checkConfiguredRules, checkRules } from "./check_rules.ts";

const check = (...select: string[]) => checkRules({ select }, { loadAsset });

Deno.test("checkRules() takes rules of all engines, their groups and beginnings", async () => {
  for (
    const selector of [
      ...["F401", "E7", "ALL", "MD013", "MD", "MD0", "duplicate-key", "devmcp/nesting", "devmcp"],
      ...["lint", "lint/", "lint/style", "lint/suspicious/noDebugger", "assist/source"],
      ...["biome/lint/style", "suppressions/unused", "syntax-not-checked", "biome-plugins"],
    ]
  ) {
    await assert.doesNotReject(check(selector), selector);
  }
});

Deno.test("checkRules() names what no engine has, and what may be meant", async () => {
  const cases: [selector: string, message: RegExp, hint: RegExp][] = [
    ["lint/suspicious/noDebuger", /no engine has it$/, /did you mean lint\/suspicious\/noDebugger/],
    ["lint/nope", /"lint\/nope": no engine has it$/, /./],
    ["MD999", /no engine has it$/, /MD/],
    ["noDebugger", /no engine has it$/, /^did you mean lint\/suspicious\/noDebugger\?$/],
    ["md013", /no engine has it$/, /^did you mean MD013\?$/],
    ["line-length", /no engine has it$/, /^did you mean MD013\?$/],
    ["F4O1", /it is not a rule or a prefix/, /F401/],
  ];
  for (const [selector, message, hint] of cases) {
    await assert.rejects(check(selector), (error: Error & { hint?: string }) => {
      assert.match(error.message, message);
      assert.match(error.hint ?? "", hint, selector);
      return true;
    });
  }
});

Deno.test("checkConfiguredRules() says where a wrong rule stands, unless a flag stands for it", async () => {
  const config: LoadedConfig = {
    values: { ...DEFAULTS, code_review: { ...DEFAULTS.code_review, ignore: ["MD999"] } },
    origins: new Map([
      ["code_review.ignore", { kind: "project", file: "/w/devmcp.yaml", line: 3 }],
    ]),
    warnings: [],
  };
  const app = { loadAsset, cwd: "/w" };
  await assert.rejects(
    checkConfiguredRules(config, {}, app),
    /^ToolError: devmcp\.yaml:3, code_review\.ignore: Cannot use the rule "MD999": no engine has it$/,
  );
  await assert.doesNotReject(checkConfiguredRules(config, { ignore: ["E501"] }, app));
});
