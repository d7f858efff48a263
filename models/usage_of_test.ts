import assert from "node:assert/strict";
import { PROFILE } from "./fakes/raw_server_fixture.ts";
import { usageOf } from "./usage_of.ts";

const MESSAGES = [{ role: "user", content: "12345678" } as const];

for (
  const [name, told, expected] of [
    ["nothing", {}, [6, 1, true]],
    ["all", { promptTokens: 9, completionTokens: 2 }, [9, 2, false]],
    ["zero", { promptTokens: 0, completionTokens: 0 }, [0, 0, false]],
    ["the reply only", { completionTokens: 2 }, [6, 2, true]],
  ] as const
) {
  Deno.test(`usageOf() estimates what is missing where the server told ${name}`, () => {
    const usage = usageOf(MESSAGES, "1234", PROFILE, told);
    assert.deepEqual([usage.promptTokens, usage.completionTokens, usage.estimated], expected);
  });
}
