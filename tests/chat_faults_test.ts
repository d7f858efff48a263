/**
 * Every fault of a server of models, under a chat: a line that says what to do next, in time; the prompt
 * is usable again, the turn is saved. DEVMCP_FAULTS=100 meets each as often.
 */
import assert from "node:assert/strict";
import type { Answer } from "../models/fakes/fake_ollama_chat.ts";
import { FAULT_NAMES } from "../models/fakes/fake_ollama_faults.ts";
import { startFaultyOllama } from "../models/fakes/fake_ollama_faults.ts";
import { type ChatFault, type FaultReport, meetFault } from "./chat_faults.ts";
import { withModels } from "./model_world.ts";
import { inTerminal } from "./terminal.ts";

const TIMES = Number(Deno.env.get("DEVMCP_FAULTS") ?? 3);
/** Chats at the same time. */
const AT_ONCE = 8;
const TIMEOUT_SECONDS = 0.4;
const INTENT = { goal: "words", tools: ["answer"], parameters: [], confidence: 0.9, unclear: [] };
const SKY = "Air scatters blue light most.";

const reply: Answer = ({ messages }) =>
  messages.some(({ content }) => content.includes("You read a message to a programming assistant"))
    ? { json: INTENT }
    : SKY;

/** Answered in words at once, and one that the model is first asked about. */
const [TALK, ORDER] = ["why is the sky blue?", "make the sky blue in my poem"];

/** What models say that has to be told of. */
const REPLIES = {
  cut_off: () => ({ text: "The sky is", done: "length" }),
  nothing: () => "",
  blanks: () => " \n\n ",
  imitated_call: () => '```json\n{"tool": "write_file", "arguments": {"path": "x"}}\n```',
  repetition: () => "again and ".repeat(5000),
} satisfies Record<string, Answer>;

/** What they say that is no fault of an answer, nor of an intent when others follow. */
const HARMLESS = {
  sequences: () => "\x1b[2J\x1b]0;owned\x07The\x9b31m sky\u202e\x00\r\nis blue.",
  wrong_json: () => '{"goal": [[[ "tools": ',
  other_json: () => ({ json: { answer: 42 } }),
} satisfies Record<string, Answer>;

/** The whole text may still be read. */
const STOPPED: string[] = ["endless", "repetition", "cut_off"];

const NEXT_STEP =
  /\((?:start|try|see|put|run|check|use|configure|the server may)\b|; (?:ask|try)\b|: ask\b/;

/** The rows that say what went wrong; the others are the answer's beginning, or what can be done without. */
function problemsOf({ rows }: FaultReport): string[] {
  return rows.filter((row) => /^(?:! |- Cannot |✗ )/.test(row));
}

function assertUsable({ rows, failed, next, session }: FaultReport, what: string): void {
  assert.doesNotMatch(rows.join("\n"), /^ *at .*:\d+|internal error|undefined|\[object/m, what);
  assert.deepEqual([next.status, next.answer, next.notices], ["done", SKY, []], what);
  const statuses = session.turns.map(({ status }) => status);
  assert.deepEqual(statuses, [failed.status, "done"], `${what}: the session loads`);
}

function assertTold(report: FaultReport, what: string): void {
  const { failed, rows } = report;
  const problems = problemsOf(report);
  assert.equal(problems.length, 1, `${what}: ${rows.join("\n")}`);
  assert.match(problems[0]!, NEXT_STEP, what);
  assert.ok(problems[0]!.length < 400, what);
  assert.equal(failed.status, STOPPED.includes(what) ? "done" : "failed", what);
}

/** What a turn may take beyond its time: 1 s on a quiet machine, which that of a whole test run is not. */
const GRACE_MS = Deno.env.get("DEVMCP_FAULTS") ? 1000 : 8000;

/** Meets a fault again and again. */
async function meetOften(
  fault: ChatFault,
  message: string,
  check: (report: FaultReport) => void,
  on?: (path: string) => boolean,
): Promise<void> {
  const options = { message, reply, timeoutSeconds: TIMEOUT_SECONDS, on };
  for (let left = TIMES; left > 0; left -= AT_ONCE) {
    const met = Array.from(
      { length: Math.min(left, AT_ONCE) },
      async () => {
        const report = await meetFault(fault, options);
        check(report);
        return report.elapsedMs;
      },
    );
    const ended = await Promise.allSettled(met);
    for (const one of ended) if (one.status === "rejected") throw one.reason;
    // One of them at least was not kept waiting by the others, nor by other tests.
    const quickest = Math.min(...ended.map((one) => one.status === "fulfilled" ? one.value : 0));
    assert.ok(quickest < TIMEOUT_SECONDS * 1000 + GRACE_MS, `${message} after ${quickest} ms`);
  }
}

for (const fault of FAULT_NAMES) {
  const name = `a chat survives the fault "${fault}" wherever it is met`;
  // A reply that nobody wants any more is let go a moment after the chat has ended.
  Deno.test({ name, sanitizeResources: false }, async () => {
    const check = (report: FaultReport) => {
      assertTold(report, fault);
      assertUsable(report, fault);
    };
    // What goes on for ever is an answer that is stopped, but no intent.
    if (fault !== "whitespace_loop" && fault !== "endless") await meetOften(fault, ORDER, check);
    await meetOften(fault, TALK, check);
  });
}

for (const [name, answer] of Object.entries(REPLIES)) {
  Deno.test(`a chat survives a model that says "${name}"`, async () => {
    await meetOften(answer as Answer, TALK, (report) => {
      assertTold(report, name);
      assertUsable(report, name);
    });
  });
}

for (const [name, answer] of Object.entries(HARMLESS)) {
  Deno.test(`a chat shows a model's "${name}" as it is`, async () => {
    await meetOften(answer as Answer, TALK, (report) => {
      assert.deepEqual([report.failed.status, report.failed.notices], ["done", []], name);
      assertUsable(report, name);
    });
  });
}

Deno.test("a chat survives a server that is broken on every route", async () => {
  for (const fault of ["reset", "html", "failed", "silence", "endless_line"] as const) {
    const check = (report: FaultReport) => {
      assertTold(report, fault);
      assertUsable(report, fault);
    };
    await meetOften(fault, TALK, check, () => true);
  }
});

const ENV = { MODEL_TIMEOUT_SECONDS: "1" };
const CODE = "write a function that adds two numbers";

Deno.test("the binary's prompt is usable again after a fault", async () => {
  for (const fault of ["reset_in_stream", "silence", "endless_line"] as const) {
    let isBroken = true;
    const on = (path: string) => isBroken && path === "/api/chat";
    await withModels(() => startFaultyOllama(fault, { reply, on }), async ({ folder, env }) => {
      const options = { args: ["chat"], cwd: folder, env: { ...env, ...ENV }, columns: 200 };
      await inTerminal(options, async (terminal) => {
        await terminal.sees("or /help");
        await terminal.type(TALK);
        await terminal.press("Enter");
        await terminal.sees(/! Cannot ask .*\(|- Cannot ask .*\(/);
        await terminal.sees("or /help");
        isBroken = false;
        await terminal.type(TALK);
        await terminal.press("Enter");
        await terminal.sees(SKY);
        await terminal.press("C-d");
        assert.deepEqual(await terminal.exit(), { code: 0, isRestored: true }, fault);
        assert.equal((await terminal.all()).join("\n").match(/Cannot/g)?.length, 1, fault);
      });
    });
  }
});

Deno.test("the binary tells a fault that a tool meets, in one line, and keeps the turn", async () => {
  for (const fault of ["failed", "busy", "half_line", "silence", "bad_bytes"] as const) {
    await withModels(() => startFaultyOllama(fault, { reply }), async ({ run }) => {
      const { code, stdout, stderr } = await run(["chat", "-p", CODE, "--json"], { env: ENV });
      const { turn } = JSON.parse(stdout);
      assert.deepEqual([code, turn.status, turn.calls.length], [1, "failed", 1], fault);
      assert.match(turn.answer, /^- \*\*Failed:\*\* Generate code: Cannot ask [^\n]*\([^\n]*\)$/);
      assert.equal(stderr.trimEnd().split("\n").length, 1, stderr);
      const shown = await run(["chat", "-p", "/history", "--continue"]);
      assert.deepEqual([shown.code, shown.stdout.includes(CODE)], [0, true], shown.stderr);
    });
  }
});
