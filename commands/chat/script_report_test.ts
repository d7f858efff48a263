import assert from "node:assert/strict";
import type { AgentEvent } from "../../agent/events.ts";
import { fakeTurn } from "../../agent/fake_world.ts";
import { fakeApp } from "../../cli/fake_app.ts";
import { createScriptReport } from "./script_report.ts";
import { FOLDER, slashChat } from "./slash_fixture.ts";

const TURN = {
  ...fakeTurn("x"),
  answer: "**Done** `it`.\n\n\n",
  changes: [{ path: `${FOLDER}/a.py`, before: "c2VjcmV0", after: "00" }],
};
const STEP = { id: "step1", tool: "review_code", purpose: "", arguments: {}, needs: [] };
const CALL = { step: "step1", tool: "review_code", arguments: {}, ms: 1 };
const EVENTS: AgentEvent[] = [
  { type: "turn_started", turn: 1, input: "x" },
  { type: "step_started", step: STEP },
  { type: "step_ended", call: { ...CALL, status: "failed", text: "gone\x1b[2J" }, repaired: false },
  { type: "notice", text: "a \x1b[31mnotice" },
  { type: "text", text: TURN.answer },
  { type: "turn_ended", turn: TURN },
];

/** What the report of a turn writes. */
function report(
  flags: { json?: boolean; streamJson?: boolean; save?: boolean },
  isCommand = false,
) {
  const app = fakeApp();
  const { chat } = slashChat({ turns: [TURN] });
  const printed = isCommand ? ["| a | b |"] : [];
  const { emit, end, stop } = createScriptReport({ save: true, ...flags }, app, chat, printed);
  if (!isCommand) EVENTS.forEach(emit);
  stop();
  end(isCommand ? undefined : TURN, 1);
  return { out: app.stdout.text, err: app.stderr.text };
}

Deno.test("createScriptReport() writes the answer alone on standard output", () => {
  const { out, err } = report({});
  assert.equal(out, "Done `it`.\n");
  assert.equal(
    err,
    "devmcp: review_code failed: gone\\x1b[2J\ndevmcp: a \\x1b[31mnotice\n",
  );
});

Deno.test("createScriptReport() writes what a slash command printed", () => {
  assert.deepEqual(report({}, true), { out: "| a | b |\n", err: "" });
});

Deno.test("createScriptReport() writes one object with --json", () => {
  const { out } = report({ json: true });
  const { turn, ...result } = JSON.parse(out);
  assert.deepEqual(result, { version: 1, session: "new1", exitCode: 1, answer: TURN.answer });
  assert.deepEqual(turn.changes, [{ path: `${FOLDER}/a.py` }]);
  assert.doesNotMatch(out, /c2VjcmV0/);
  assert.equal(JSON.parse(report({ json: true }, true).out).turn, null);
  assert.equal(JSON.parse(report({ json: true, save: false }).out).session, null);
});

Deno.test("createScriptReport() writes a line for each event with --stream-json", () => {
  const lines = report({ streamJson: true }).out.trimEnd().split("\n");
  assert.deepEqual(lines.map((line) => JSON.parse(line).type), [
    "session",
    ...EVENTS.map(({ type }) => type),
    "result",
  ]);
  assert.ok(lines.every((line) => !line.includes("\x1b") && !line.includes("c2VjcmV0")));
});
