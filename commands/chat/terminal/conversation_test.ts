import assert from "node:assert/strict";
import type { Approval, ApprovalRequest } from "../../../agent/person.ts";
import { ToolError } from "../../../config/tool_error.ts";
import type { Call, PlanStep } from "../../../sessions/session.ts";
import type { Edge } from "../chat.ts";
import { fakeChat, type FakeTurn } from "../fake_chat.ts";
import { type FakeConversation, startConversation } from "./conversation_fixture.ts";
import { markdownAnswer } from "./markdown_answer.ts";

type Options = Partial<Parameters<typeof startConversation>[0]>;

/** Runs a conversation whose turns `play` plays, and lets the user leave in the end. */
async function converse(
  play: FakeTurn,
  test: (fake: FakeConversation) => Promise<void>,
  options: Options = {},
): Promise<void> {
  const fake = startConversation({ open: () => Promise.resolve(fakeChat(play)), ...options });
  try {
    await test(fake);
  } finally {
    fake.conversation.leave();
    await fake.ended;
  }
}

/** Waits as a model does: until it is stopped. */
function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve()));
}

const step: PlanStep = {
  id: "step1",
  tool: "review_code",
  purpose: "find problems",
  arguments: { path: "src/app.py" },
  needs: [],
};

const call = (values: Partial<Call> = {}): Call => ({
  step: "step1",
  tool: "review_code",
  arguments: step.arguments,
  status: "done",
  text: "",
  ms: 400,
  ...values,
});

Deno.test("Conversation shows the prompt before the chat is open, and keeps what is typed", async () => {
  const { promise, resolve } = Promise.withResolvers<ReturnType<typeof fakeChat>>();
  const said: string[] = [];
  await converse(
    () => Promise.resolve(),
    async ({ type, sees, terminal }) => {
      type("early<enter>late");
      await sees("> late");
      await sees("queued: early");
      resolve(fakeChat((message) => Promise.resolve(void said.push(message))));
      await sees("> early");
      assert.deepEqual(said, ["early"]);
      assert.ok(!terminal.text.join().includes("queued"));
    },
    { open: () => promise },
  );
});

Deno.test("Conversation shows what a turn does", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const play = async (_: string, { emit }: Edge) => {
    emit({ type: "status", text: "Planning" });
    emit({ type: "plan", steps: [step, { ...step, id: "step2" }], revised: false });
    emit({ type: "step_started", step });
    emit({ type: "step_progress", step: "step1", done: 3, total: 12, message: "files" });
    await promise;
    emit({ type: "step_ended", call: call(), repaired: false });
    emit({
      type: "step_ended",
      call: call({ status: "failed", text: "no\n\x1b[31mred" }),
      repaired: true,
    });
    emit({ type: "notice", text: "something was left out" });
    for (const text of ["All ", "is well.", "\nReally\u202e", "!"]) emit({ type: "text", text });
  };
  await converse(play, async ({ type, sees, terminal }) => {
    type("review it<enter>");
    await sees("⠋ review_code src/app.py  0.0 s, 3/12 files");
    await sees("⠋ Planning 0 s");
    await sees("> Ctrl-C stops");
    resolve();
    await sees("Really");
    await sees("a message, or /help");
    assert.deepEqual(terminal.allText.filter((line) => line !== ""), [
      "> review it",
      "The plan:",
      "  1. review_code src/app.py (find problems)",
      "  2. review_code src/app.py (find problems)",
      "✓ review_code src/app.py  0.4 s",
      "✗ review_code src/app.py  0.4 s, second try",
      "  no [31mred",
      "! something was left out",
      "All is well.",
      "Really\\u{202e}!",
      "> a message, or /help",
    ]);
  });
});

Deno.test("Conversation asks with numbered choices", async () => {
  const answers: (string[] | undefined)[] = [];
  const play = async (_: string, { person, signal }: Edge) => {
    const question = { text: "Which framework?", choices: ["pytest", "unittest"] };
    answers.push(await person.ask([question, question], signal));
    answers.push(await person.ask([question], signal));
  };
  await converse(play, async ({ type, sees }) => {
    type("tests<enter>draft");
    await sees("? Which framework? (1 of 2)");
    await sees("  2 unittest");
    type("2<enter>");
    await sees("(2 of 2)");
    type("my own<enter>");
    await sees("  my own");
    await sees("1 to 2, or your own answer");
    type("<escape>");
    await sees("no answer");
    await sees("> draft");
    assert.deepEqual(answers, [["unittest", "my own"], undefined]);
  });
});

Deno.test("Conversation lets tools run only when the answer is clear", async () => {
  const request: ApprovalRequest = {
    tool: {
      name: "save_code",
      server: "devmcp",
      title: "",
      description: "",
      inputSchema: {},
      effect: "writes",
    },
    step,
    arguments: { path: "a.py", note: "x".repeat(5000), code: "a\nb" },
    diff: "--- a.py\n+++ a.py\n@@ -1 +1 @@\n-old\n+new\x1b[31m\n",
  };
  const approvals: Approval[] = [];
  const play = async (_: string, { person, signal }: Edge) => {
    for (let i = 0; i < 3; i++) approvals.push(await person.approve(request, signal));
    approvals.push(await person.confirmPlan([step], signal));
  };
  await converse(play, async ({ type, sees, terminal }) => {
    type("write<enter>");
    await sees("? save_code wants to write files");
    await sees("(5000 characters)");
    await sees("+new\\x1b[31m");
    assert.ok(terminal.allText.join("\n").length < 2000);
    assert.ok(!terminal.allText.join("\n").includes("code: "), "the diff shows it");
    type("yes please do<enter>");
    await sees("not clear: y yes");
    type("y<enter>");
    await sees("  yes");
    type("always<enter>");
    await sees("  always");
    type("no, use b.py<enter>");
    await sees("  no: use b.py");
    await sees("? The plan:");
    type("a<enter>n<enter>");
    await sees("a message, or /help");
    assert.deepEqual(approvals, [
      { kind: "yes" },
      { kind: "always" },
      { kind: "no", reason: "use b.py" },
      { kind: "no", reason: "" },
    ]);
  }, { rows: 40 });
});

Deno.test("Conversation shows a plan once, and a refusal without more words", async () => {
  const steps = [{ ...step, purpose: "Review code: src/app.py" }, { ...step, id: "step2" }];
  const play = async (_: string, { person, emit, signal }: Edge) => {
    emit({ type: "plan", steps, revised: false });
    await person.confirmPlan(steps, signal);
    emit({ type: "text", text: "Not run." });
    return { status: "stopped" as const };
  };
  const chat = fakeChat(play);
  chat.settings.showPlan = true;
  await converse(play, async ({ type, sees, terminal }) => {
    type("review it twice<enter>");
    await sees("? The plan:");
    type("n too much of a good thing, and far too slow<enter>");
    await sees("Not run.");
    await sees("a message, or /help");
    assert.deepEqual(terminal.allText.slice(0, 10), [
      "",
      "> review it twice",
      "",
      "? The plan:",
      "  1. review_code src/app.py",
      "  2. review_code src/app.py (find",
      "     problems)",
      "  no: too much of a good thing, and",
      "  far too slow",
      "Not run.",
    ]);
  }, { open: () => Promise.resolve(chat), columns: 36 });
});

Deno.test("Conversation keeps what the status says when a model fails", async () => {
  const answered = {
    usage: { calls: 1, prompt: 90, completion: 10 },
    timing: { totalMs: 900, waitedMs: 900, firstTokenMs: 400 },
  };
  const turns = [answered, {}];
  const play = () => Promise.resolve({ model: "tiny", ...turns.shift() });
  await converse(play, async ({ type, sees, terminal }) => {
    type("one<enter>");
    await sees("first token after 0.4 s");
    type("two<enter>");
    await sees("> two");
    await sees("a message, or /help");
    assert.match(terminal.text.join("\n"), /first token after 0.4 s/);
  });
});

Deno.test("Conversation stops a turn with Ctrl-C, and gives back what waited", async () => {
  const play = async (_: string, { emit, signal }: Edge) => {
    emit({ type: "text", text: "half an ans" });
    await stopped(signal);
    return { status: "stopped" as const };
  };
  await converse(play, async ({ type, sees, clock }) => {
    type("first<enter>second<enter>");
    await sees("queued: second");
    await sees("half an ans");
    type("<ctrl-c>");
    await sees("– stopped; what there is is kept");
    await sees("> second");
    clock.now += 5000;
    type("<ctrl-c>");
    await sees("a message, or /help");
  });
});

Deno.test("Conversation is left with Ctrl-C twice, Ctrl-D and /exit", async () => {
  for (
    const keys of ["<ctrl-c><ctrl-c>", "<ctrl-d>", "/exit<enter>", "wait<enter><ctrl-c><ctrl-c>"]
  ) {
    const { type, ended } = startConversation({
      open: () => Promise.resolve(fakeChat((_, { signal }) => stopped(signal))),
    });
    type(keys);
    await ended;
  }
});

Deno.test("Conversation stays when the second Ctrl-C comes late", async () => {
  await converse(() => Promise.resolve(), async ({ type, sees, clock }) => {
    type("<ctrl-c>");
    await sees("Ctrl-C again leaves");
    clock.now += 2001;
    type("<ctrl-c>still here");
    await sees("> still here");
  });
});

Deno.test("Conversation completes what was typed before the chat is open", async () => {
  const { promise, resolve } = Promise.withResolvers<ReturnType<typeof fakeChat>>();
  await converse(() => Promise.resolve(), async ({ type, sees }) => {
    type("/he<tab>");
    await sees("> /he");
    resolve(fakeChat(() => Promise.resolve()));
    await sees("> /help");
  }, { open: () => promise });
});

Deno.test("Conversation completes, remembers and searches", async () => {
  await converse(() => Promise.resolve(), async ({ type, sees, remembered, terminal }) => {
    await sees("a message");
    type("/he<tab>");
    await sees("> /help");
    type("<ctrl-c>/mo<tab>");
    await sees("/model   /models");
    type("<ctrl-c>one<enter>");
    await sees("> one");
    type("<ctrl-r>ear");
    await sees("search: ear");
    await sees("> an earlier message");
    assert.deepEqual(remembered, ["one"]);
    assert.ok(terminal.isCursorShown);
  }, { history: ["an earlier message"] });
});

Deno.test("Conversation says what went wrong, and goes on", async () => {
  const play = (message: string) =>
    message === "fail"
      ? Promise.reject(new ToolError("Cannot do \x1b[2J it", { hint: "try again" }))
      : Promise.resolve();
  await converse(play, async ({ type, sees }) => {
    type("fail<enter>");
    await sees("✗ Cannot do \\x1b[2J it");
    await sees("  try again");
    type("/nonsense<enter>");
    await sees('Cannot run "/nonsense"');
    type("works<enter>");
    await sees("> works");
  });
});

Deno.test("Conversation ends when the chat cannot be opened", async () => {
  const { ended } = startConversation({ open: () => Promise.reject(new ToolError("no session")) });
  await assert.rejects(ended, /no session/);
});

Deno.test("Conversation takes no more messages than there is room for", async () => {
  await converse((_, { signal }) => stopped(signal), async ({ type, sees }) => {
    type("running<enter>");
    await sees("Working");
    for (let i = 0; i < 20; i++) type(`m${i}<enter>`);
    await sees("… 17 more queued");
    type("too much<enter>");
    await sees("> too much");
    await sees("the queue is full");
  });
});

Deno.test("Conversation lets /edit and Ctrl-X Ctrl-E use the editor, and /copy the clipboard", async () => {
  const said: string[] = [];
  const play = (message: string) => {
    said.push(message);
    return Promise.resolve({ answer: "an answer" });
  };
  await converse(play, async ({ type, sees, sequences }) => {
    type("/edit abc<enter>");
    await sees("> /edit abc");
    type("draft<ctrl-x><ctrl-e>");
    await sees("> draft, edited");
    type("<enter>/copy answer<enter>");
    await sees("the answer is on the clipboard");
    assert.deepEqual(said, ["abc, edited", "draft, edited"]);
    assert.deepEqual(sequences, [`\x1b]52;c;${btoa("an answer")}\x07`]);
  }, { edit: (text) => Promise.resolve(`${text}, edited`) });
});

Deno.test("Conversation stays whole on every size of screen", async () => {
  const play = (_: string, { emit }: Edge) => {
    for (let i = 0; i < 40; i++) emit({ type: "text", text: `line ${i} of a long answer 語\n` });
    return Promise.resolve();
  };
  await converse(play, async ({ type, sees, terminal }) => {
    type("go<enter>typed <ctrl-j>text");
    await sees("line 39");
    for (const [columns, rows] of [[40, 10], [200, 50], [20, 3], [8, 2], [60, 16]] as const) {
      terminal.resize({ columns, rows });
    }
    type("!");
    await sees("… text!");
    await sees("line 0 of");
  });
});

Deno.test("Conversation goes on with an answer in the new width of the screen", async () => {
  const gate = Promise.withResolvers<void>();
  const play = async (_: string, { emit }: Edge) => {
    emit({ type: "text", text: "The beginning.\n\n" });
    await gate.promise;
    emit({ type: "text", text: "extraordinarily considerable improvements" });
  };
  await converse(play, async ({ type, sees, terminal }) => {
    type("go<enter>");
    await sees("The beginning.");
    terminal.resize({ columns: 20, rows: 16 });
    gate.resolve();
    await sees("extraordinarily\nconsiderable\nimprovements");
  }, { answer: (columns) => markdownAnswer({ columns, color: false }) });
});
