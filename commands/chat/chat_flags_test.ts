import assert from "node:assert/strict";
import { ToolError } from "../../config/tool_error.ts";
import { type ChatFlags, checkChatFlags } from "./chat_flags.ts";

const DEFAULTS: ChatFlags = { save: true, mcp: true };

const REFUSED: [flags: Partial<ChatFlags>, message: RegExp][] = [
  [{ continue: true, resume: "a" }, /both --continue and --resume$/],
  [{ fork: "a", session: "b" }, /both --fork and --session$/],
  [{ json: true, streamJson: true }, /both --json and --stream-json$/],
  [{ session: "a", save: false }, /both --session and --no-save$/],
  [{ continue: true, save: false }, /both --continue and --no-save$/],
  [{ prompt: " " }, /--prompt is empty$/],
  [{ model: "a b" }, /"a b": it is no name of a model$/],
  [{ session: "" }, /--session is empty$/],
];

for (const [flags, message] of REFUSED) {
  Deno.test(`checkChatFlags() refuses ${JSON.stringify(flags)}`, () => {
    assert.throws(() => checkChatFlags({ ...DEFAULTS, ...flags }), (error) => {
      assert.ok(error instanceof ToolError);
      assert.match(error.message, message);
      return true;
    });
  });
}

Deno.test("checkChatFlags() takes what goes together", () => {
  checkChatFlags(DEFAULTS);
  checkChatFlags({ ...DEFAULTS, prompt: "-", session: "a", json: true, plan: true, mcp: false });
  checkChatFlags({ ...DEFAULTS, prompt: "x", save: false, streamJson: true });
});
