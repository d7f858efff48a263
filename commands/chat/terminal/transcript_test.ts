import assert from "node:assert/strict";
import { paletteOf } from "../../../cli/style.ts";
import { ToolError } from "../../../config/tool_error.ts";
import { makeTurn } from "../../../sessions/session_fixture.ts";
import { Transcript } from "./transcript.ts";

function openTranscript() {
  const lines: string[] = [];
  const screen = { columns: 60, print: (more: string[]) => void lines.push(...more) };
  return { lines, transcript: new Transcript(screen, paletteOf({ color: false })) };
}

Deno.test("Transcript.print() leaves one blank line between two things", () => {
  const { lines, transcript } = openTranscript();
  for (const part of [["a", ""], [], ["", "b"], ["", "c"]]) transcript.print(part);
  assert.deepEqual(lines, ["a", "", "b", "", "c"]);
});

Deno.test("Transcript.printError() tells what to do, and no sequences of others", () => {
  const { lines, transcript } = openTranscript();
  transcript.printError(new ToolError("Cannot open \x1b[2Jit", { hint: "try again" }));
  assert.deepEqual(lines.map((line) => line.includes("\x1b")), [false, false]);
  assert.deepEqual(lines[1], "  try again");
});

Deno.test("Transcript.printSession() shows the last turn, if there is one", () => {
  const { lines, transcript } = openTranscript();
  transcript.printSession({ title: "empty", turns: [] });
  assert.deepEqual(lines, []);
  const turns = [makeTurn(1), makeTurn(2, { input: "why?", answer: "because" })];
  transcript.printSession({ title: "old", turns });
  assert.deepEqual(lines, ['"old", 2 turns; /history shows all', "", "> why?", "", "because"]);
});
