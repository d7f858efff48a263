/** `devmcp chat` at a real pseudo-terminal: the binary in tmux, against a fake Ollama over HTTP. */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { Session } from "../sessions/session.ts";
import { type FakeOllamaOptions, startFakeOllama } from "../models/fakes/fake_ollama.ts";
import type { FakeCall, FakeReply } from "../models/fakes/fake_ollama.ts";
import { BINARY } from "./devmcp.ts";
import { type ModelWorld, withModels } from "./model_world.ts";
import { inTerminal, type Terminal, type TerminalOptions } from "./terminal.ts";

const ESCAPE = "\x1b";
const INTENT = { goal: "words", tools: ["answer"], parameters: [], confidence: 0.9, unclear: [] };
const ANSWER =
  "Here is a **function**:\n\n```python\ndef fib(n):\n    return n\n```\n\nThat is it.";

function replyWith(answer: string) {
  return (call: FakeCall): FakeReply => {
    const text = call.messages.map(({ content }) => content).join("\n");
    const asksIntent = text.includes("You read a message to a programming assistant");
    return asksIntent ? { json: INTENT } : { text: answer };
  };
}

interface ChatTest extends ModelWorld {
  terminal: Terminal;
}

interface ChatOptions extends FakeOllamaOptions, Partial<TerminalOptions> {
  answer?: string;
}

/** Runs `devmcp chat` in a terminal, its prompt already there. */
async function withChat(
  test: (chat: ChatTest) => Promise<void>,
  { answer = ANSWER, ...options }: ChatOptions = {},
): Promise<void> {
  const start = () => startFakeOllama({ reply: replyWith(answer), ...options });
  await withModels(start, (world) => chatIn(world, test, options), {
    "work/app.py": "import os\n",
    "work/notes with spaces.md": "# Notes\n",
  });
}

async function chatIn(
  world: ModelWorld,
  test: (chat: ChatTest) => Promise<void>,
  options: Partial<TerminalOptions> = {},
): Promise<void> {
  const env = { ...world.env, ...options.env };
  await inTerminal({ args: ["chat"], cwd: world.folder, ...options, env }, async (terminal) => {
    if (!options.command) await terminal.sees("> ");
    await test({ ...world, terminal });
  });
}

/** The one session on the disk. */
async function sessionIn({ env }: ModelWorld): Promise<Session> {
  const folder = join(env.XDG_STATE_HOME!, "devmcp/sessions");
  const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
  const [name] = names.filter((one) => one.endsWith(".json"));
  return JSON.parse(await Deno.readTextFile(join(folder, name!)));
}

const LEFT = { code: 0, isRestored: true };

Deno.test("chat at a terminal answers, says what it took, and leaves the terminal as it was", async () => {
  await withChat(async ({ terminal, ...world }) => {
    await terminal.sees("a message, or /help");
    await terminal.type("write fib");
    await terminal.sees("> write fib");
    await terminal.press("Enter");
    await terminal.sees("That is it.");
    await terminal.sees("a message, or /help");
    await terminal.sees(/mistral:7b-instruct.* · context .* of 16k/);
    const styled = await terminal.styled();
    assert.match(styled, new RegExp(`${ESCAPE}[\\[\\d;m]+def`), "code has colours");
    assert.doesNotMatch((await terminal.screen()).join("\n"), /\*\*|```/);
    await terminal.press("C-d");
    assert.deepEqual(await terminal.exit(), LEFT);
    assert.equal((await sessionIn(world)).turns[0]!.input, "write fib");
  });
});

Deno.test("chat takes a paste of several lines as one message", async () => {
  await withChat(async ({ terminal, ...world }) => {
    await terminal.type("look: ");
    await terminal.paste("def f():\n\treturn 1\n\x1b[31mred\x03\n");
    await terminal.sees("> look: def f():");
    await terminal.sees("…     return 1");
    await terminal.sees("… [31mred");
    await terminal.press("Enter");
    await terminal.sees("That is it.");
    await terminal.press("C-d");
    await terminal.exit();
    assert.equal((await sessionIn(world)).turns[0]!.input, "look: def f():\n\treturn 1\n[31mred\n");
  });
});

Deno.test("chat stops an answer with Ctrl-C, keeps it, and goes on; twice leaves", async () => {
  const endless = "word ".repeat(5000);
  await withChat(async ({ terminal, ...world }) => {
    await terminal.type("talk");
    await terminal.press("Enter");
    await terminal.sees("word word word");
    await terminal.type("typed ahead");
    await terminal.sees("> typed ahead");
    await terminal.press("C-c");
    await terminal.sees("stopped");
    await terminal.sees("> typed ahead");
    const [turn] = (await sessionIn(world)).turns;
    assert.equal(turn!.status, "stopped");
    assert.match(turn!.answer, /^word word/);
    await terminal.press("C-c");
    await terminal.sees("a message, or /help");
    await terminal.press("C-c", "C-c");
    assert.deepEqual(await terminal.exit(), LEFT);
  }, { answer: endless, tokenDelayMs: 5 });
});

Deno.test("chat keeps what scrolls away, and draws itself anew when the size changes", async () => {
  const answer = Array.from({ length: 60 }, (_, i) => `- line ${i} of a long list`).join("\n");
  await withChat(async ({ terminal }) => {
    await terminal.type("list");
    await terminal.press("Enter");
    await terminal.sees("line 59 of");
    await terminal.sees("a message, or /help");
    const before = (await terminal.all()).join("\n");
    for (let i = 0; i < 60; i++) assert.equal(before.split(`line ${i} of`).length, 2, `line ${i}`);
    for (const columns of [40, 200, 80]) {
      await terminal.resize(columns, 24);
      await terminal.type(`w${columns}`);
      await terminal.sees(`w${columns}`);
      const screen = await terminal.screen();
      const prompts = screen.filter((row) => row.startsWith("> w"));
      assert.equal(prompts.length, 1, screen.join("\n"));
    }
    await terminal.sees("> w40w200w80");
  }, { answer });
});

Deno.test("chat completes commands and files", async () => {
  await withChat(async ({ terminal }) => {
    await terminal.sees("a message, or /help");
    await terminal.type("/hel");
    await terminal.press("Tab");
    await terminal.sees("> /help");
    await terminal.press("C-u");
    await terminal.type("/mod");
    await terminal.press("Tab");
    await terminal.sees(/\/model +\/models/);
    await terminal.press("C-u");
    await terminal.type("see @ap");
    await terminal.press("Tab");
    await terminal.sees("> see @app.py");
    await terminal.press("C-c");
  });
});

Deno.test("chat remembers what was typed, and goes on after SIGKILL", async () => {
  await withModels(() => startFakeOllama({ reply: replyWith(ANSWER) }), async (world) => {
    await chatIn(world, async ({ terminal }) => {
      for (const message of ["hello", "the first message"]) {
        await terminal.type(message);
        await terminal.press("Enter");
        await terminal.sees(new RegExp(`> ${message}\\n[^]*That is it\\.[^]*> a message`));
      }
      Deno.kill(await terminal.pid(), "SIGKILL");
      assert.equal((await terminal.exit()).code, 137);
    });
    await chatIn(world, async ({ terminal }) => {
      await terminal.sees("> the first message");
      await terminal.sees("That is it.");
      await terminal.sees("a message, or /help");
      await terminal.press("C-r");
      await terminal.type("irst");
      await terminal.sees("search: irst");
      await terminal.press("Enter");
      await terminal.seesNo("search");
      await terminal.press("C-e");
      await terminal.type(" again");
      await terminal.press("Enter");
      await terminal.sees("> the first message again");
      await terminal.sees("a message, or /help");
      await terminal.press("C-d");
      assert.deepEqual(await terminal.exit(), LEFT);
    }, { args: ["chat", "--continue"] });
    assert.equal((await sessionIn(world)).turns.length, 3);
  });
});

Deno.test("chat gives the terminal back when it is told to end", async () => {
  await withChat(async ({ terminal }) => {
    await terminal.sees("a message, or /help");
    Deno.kill(await terminal.pid(), "SIGTERM");
    assert.deepEqual(await terminal.exit(), { code: 143, isRestored: true });
  });
});

Deno.test("chat sleeps with Ctrl-Z and wakes", async () => {
  await withChat(async ({ terminal }) => {
    await terminal.type(`"${BINARY}" chat`);
    await terminal.press("Enter");
    await terminal.sees("a message, or /help");
    await terminal.type("a draft");
    await terminal.sees("> a draft");
    await terminal.press("C-z");
    await terminal.sees(/Stopped|Suspended|suspended/);
    await terminal.type("echo the-$((1 + 1))nd-shell");
    await terminal.press("Enter");
    await terminal.sees("the-2nd-shell");
    await terminal.type("fg");
    await terminal.press("Enter");
    await terminal.seesNo("never");
    await terminal.type(", still there");
    await terminal.sees("> a draft, still there");
    await terminal.press("C-c");
    await terminal.sees("a message, or /help");
    await terminal.press("C-d");
    await terminal.type("exit 7");
    await terminal.press("Enter");
    assert.deepEqual(await terminal.exit(), { code: 7, isRestored: true });
  }, { command: ["bash", "--norc", "-i"] });
});

Deno.test("chat lends the terminal to the user's editor, keys and all", async () => {
  const editor = 'printf "your text? "; read line; printf "%s\\n" "$line" >> "$1"';
  await withModels(() => startFakeOllama({ reply: replyWith(ANSWER) }), async (world) => {
    const env = { EDITOR: `sh '${world.folder}/ed it.sh'`, VISUAL: "" };
    await chatIn(world, async ({ terminal }) => {
      await terminal.sees("a message, or /help");
      await terminal.type("draft");
      await terminal.press("C-x", "C-e");
      await terminal.sees("your text?");
      await terminal.type("from the editor");
      await terminal.press("Enter");
      await terminal.sees("> draftfrom the editor");
      await terminal.press("C-c");
    }, { env });
  }, { "work/ed it.sh": editor });
});

Deno.test("chat shows nothing of a hostile answer raw", async () => {
  const hostile =
    "a\x1b[2J\x1b]0;title\x07b\x1b]52;c;ZXZpbA==\x07 \u202eevil\u202c [x](javascript:alert(1)) end.";
  await withChat(async ({ terminal }) => {
    await terminal.type("hostile");
    await terminal.press("Enter");
    await terminal.sees("end.");
    const screen = (await terminal.screen()).join("\n");
    assert.match(screen, /> hostile/);
    assert.match(screen, /a\\x1b\[2J/);
    assert.match(screen, /\\u\{202e\}/);
  }, { answer: hostile });
});

Deno.test("chat has no colours with NO_COLOR", async () => {
  await withChat(async ({ terminal }) => {
    await terminal.type("write fib");
    await terminal.press("Enter");
    await terminal.sees("That is it.");
    await terminal.sees("a message, or /help");
    assert.ok(!(await terminal.styled()).includes(ESCAPE));
  }, { env: { NO_COLOR: "1" } });
});

Deno.test("chat reads line by line where the terminal knows no sequences", async () => {
  await withChat(async ({ terminal }) => {
    await terminal.type("write fib");
    await terminal.press("Enter");
    await terminal.sees("That is it.");
    await terminal.type("/exit");
    await terminal.press("Enter");
    assert.deepEqual(await terminal.exit(), LEFT);
  }, { command: ["env", "TERM=dumb", BINARY, "chat"] });
});
