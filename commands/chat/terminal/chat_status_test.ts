import assert from "node:assert/strict";
import { makeTurn } from "../../../sessions/session_fixture.ts";
import { ChatStatus, type Moment } from "./chat_status.ts";

const chat = { settings: { approve: "ask" } } as Moment["chat"];
const usage = { calls: 2, prompt: 300, completion: 100 };

Deno.test("ChatStatus.at() tells what is going on", () => {
  const status = new ChatStatus();
  status.answered({ tokensPerSecond: 20 });
  const view = { status: "Planning", since: 100, tokensPerSecond: undefined };
  const cases: [Moment, string | undefined, number | undefined][] = [
    [{ isAsking: false, now: 150 }, "Starting", undefined],
    [{ chat, isAsking: false, now: 150 }, undefined, 20],
    [{ chat, view, isAsking: false, now: 150 }, "Planning", 20],
    [{ chat, view: { ...view, status: "" }, isAsking: false, now: 150 }, "Working", 20],
    [{ chat, view, isAsking: true, now: 150 }, "Waiting for you", 20],
    [{ chat, view: { ...view, tokensPerSecond: 9 }, isAsking: false, now: 150 }, "Planning", 9],
  ];
  for (const [moment, activity, tokensPerSecond] of cases) {
    const shown = status.at(moment);
    assert.deepEqual(shown.activity, activity);
    assert.deepEqual(shown.elapsedMs, moment.view && 50);
    assert.deepEqual(moment.chat && shown.tokensPerSecond, tokensPerSecond);
  }
});

Deno.test("ChatStatus.turnEnded() tells of the last call, and nothing of a turn without one", () => {
  const status = new ChatStatus();
  status.turnEnded(makeTurn(1, { model: "m", usage }));
  status.turnEnded(makeTurn(2, { model: "", usage }));
  status.turnEnded(makeTurn(3, { model: "n", usage: { ...usage, prompt: 0 } }));
  const { model, contextUsed } = status.at({ chat, isAsking: false, now: 0 });
  assert.deepEqual({ model, contextUsed }, { model: "m", contextUsed: 200 });
});
