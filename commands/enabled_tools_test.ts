import assert from "node:assert/strict";
import { fakeApp } from "../cli/fake_app.ts";
import { DEFAULTS } from "../config/schema.ts";
import { enabledTools } from "./enabled_tools.ts";

function offered(enabled: string[]): Promise<string[]> {
  const tools = ["format_code", "review_code"].map((name) => ({ name }));
  const values = { ...DEFAULTS, tools: { enabled } };
  const app = fakeApp({
    tools: tools as never,
    config: () => Promise.resolve({ values, origins: new Map(), warnings: [] }),
  });
  return enabledTools(app).then((tools) => tools.map(({ name }) => name));
}

Deno.test("enabledTools() offers what is configured, and everything when nothing is", async () => {
  assert.deepEqual(await offered([]), ["format_code", "review_code"]);
  assert.deepEqual(await offered(["review_code"]), ["review_code"]);
});

Deno.test("enabledTools() refuses a name that is no tool", async () => {
  await assert.rejects(offered(["review_cod"]), {
    message: 'Cannot offer "review_cod": no such tool; did you mean "review_code"?',
  });
});
