import assert from "node:assert/strict";
import { fakeToolbox, ownTools } from "../../agent/execute/fake_toolbox.ts";
import { fakeWorld } from "../../agent/fake_world.ts";
import { fakeApp } from "../../cli/fake_app.ts";
import { readOrders, talk, useTools } from "./rehearsal.ts";
import { slashChat } from "./slash_fixture.ts";

/** A chat with our own tools, which only count their calls. */
function chatWithTools() {
  const { chat } = slashChat();
  const { world } = fakeWorld();
  const toolbox = fakeToolbox(ownTools());
  Object.assign(chat, { app: { ...fakeApp(), prompts: world.prompts }, files: world.files });
  Object.assign(chat.host, { list: toolbox.list, call: toolbox.call });
  return { chat, calls: toolbox.calls };
}

const never = new AbortController().signal;

Deno.test("talk() has a model read and answer, and calls no tool", async () => {
  const { chat, calls } = chatWithTools();
  const { status, usage, answer, notices } = await talk(chat, never);
  assert.deepEqual([status, usage.calls, answer, notices], ["done", 2, "It *is* one.\n", []]);
  assert.deepEqual([calls.length, chat.session.data.turns.length], [0, 0]);
});

Deno.test("useTools() calls what reads neither files nor models, and leaves no trace", async () => {
  const { chat, calls } = chatWithTools();
  const turns = await useTools(chat, never);
  assert.deepEqual(calls.map(({ name }) => name), ["format_code", "analyze_complexity"]);
  for (const { args } of calls) assert.equal(args.path, undefined);
  assert.deepEqual(turns.map(({ status, usage }) => [status, usage.calls]), [["done", 0], [
    "done",
    0,
  ]]);
  assert.equal(chat.session.data.turns.length, 0);
});

Deno.test("readOrders() ends", async () => {
  await readOrders();
});
