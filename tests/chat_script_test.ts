/** `devmcp chat` in scripts: the binary against a fake Ollama, over HTTP. */
import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import type { JsonEvent, JsonResult } from "../commands/chat/json_events.ts";
import { type FakeOllamaOptions, startFakeOllama } from "../models/fakes/fake_ollama.ts";
import type { FakeCall, FakeReply } from "../models/fakes/fake_ollama.ts";
import { startFaultyOllama } from "../models/fakes/fake_ollama_faults.ts";
import { BINARY, type Run } from "./devmcp.ts";
import { asked, goodModel, type ModelWorld, withModels } from "./model_world.ts";

const BUGGY = "import os\n\n\ndef area(width, height=[]):\n    return width * height\n";
const FILES = { "work/app.py": BUGGY };

/** Tools as they are asked for; else words. */
function reply(call: FakeCall): FakeReply | string {
  const text = call.messages.map(({ content }) => content).join("\n");
  if (text.includes("You read a message to a programming assistant")) return { json: INTENT };
  try {
    return goodModel(call) as FakeReply;
  } catch {
    return "A poem is made of words.";
  }
}

const INTENT = { goal: "words", tools: ["answer"], parameters: [], confidence: 0.9, unclear: [] };

function withChat(
  test: (world: ModelWorld) => Promise<void>,
  options: FakeOllamaOptions = {},
): Promise<void> {
  return withModels(() => startFakeOllama({ reply, ...options }), test, FILES);
}

function withoutModel(test: (world: ModelWorld) => Promise<void>): Promise<void> {
  return withModels(() => startFaultyOllama("refused"), test, FILES);
}

function resultOf({ stdout, stderr }: Run): JsonResult {
  assert.ok(stdout.startsWith("{"), stderr);
  return JSON.parse(stdout);
}

async function sessionsIn({ env }: ModelWorld): Promise<string[]> {
  const folder = join(env.XDG_STATE_HOME!, "devmcp/sessions");
  try {
    const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
    return names.filter((name) => name.endsWith(".json")).sort();
  } catch {
    return [];
  }
}

Deno.test("chat -p reviews a file without any model, and without asking for one", async () => {
  await withoutModel(async (world) => {
    const { code, stdout, stderr } = await world.run(["chat", "-p", "review app.py"]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /F401|unused/i);
    assert.match(stdout, /B006|mutable/i);
    assert.equal((await sessionsIn(world)).length, 1);
  });
});

Deno.test("chat -p says what needs a model, and what to do", async () => {
  await withoutModel(async ({ run }) => {
    for (const message of ["write me a poem", "write a function that adds two numbers"]) {
      const { code, stdout, stderr } = await run(["chat", "-p", message]);
      assert.equal(code, 2, stdout + stderr);
      assert.match(stdout + stderr, /model/);
      assert.match(stdout + stderr, /devmcp (doctor|models)/);
    }
  });
});

Deno.test("chat answers in words, and writes only the answer to standard output", async () => {
  await withChat(async ({ run, fake }) => {
    const { code, stdout, stderr } = await run(["chat", "-p", "write me a poem"]);
    assert.deepEqual([code, stdout], [0, "A poem is made of words.\n"], stderr);
    assert.ok(asked(fake).length <= 2, `${asked(fake).length} calls`);
  });
});

Deno.test("chat takes the message, or what it is about, from standard input", async () => {
  await withoutModel(async ({ run }) => {
    const cases: [args: string[], stdin: string][] = [
      [["chat"], "review app.py\n"],
      [["chat", "-p", "-"], "review app.py\n"],
      [["chat", "-p", "review this"], BUGGY],
    ];
    for (const [args, stdin] of cases) {
      const { code, stdout, stderr } = await run(args, { stdin });
      assert.equal(code, 0, stderr);
      assert.match(stdout, /F401|unused/i, args.join(" "));
    }
  });
});

Deno.test("chat --json prints one object that says all of the turn", async () => {
  await withoutModel(async (world) => {
    const run = await world.run(["chat", "-p", "review app.py", "--json"]);
    const result = resultOf(run);
    assert.deepEqual([run.code, result.version, result.exitCode], [0, 1, 0], run.stderr);
    assert.deepEqual(await sessionsIn(world), [`${result.session}.json`]);
    const { status, calls, usage, input } = result.turn!;
    assert.deepEqual([status, usage.calls, input], ["done", 0, "review app.py"]);
    assert.deepEqual(calls.map(({ tool, status }) => [tool, status]), [["review_code", "done"]]);
    assert.equal(result.answer, result.turn!.answer);
  });
});

Deno.test("chat --stream-json prints an event a line, from the session to the result", async () => {
  await withChat(async ({ run }) => {
    const { code, stdout, stderr } = await run(["chat", "-p", "write me a poem", "--stream-json"]);
    assert.equal(code, 0, stderr);
    const events: JsonEvent[] = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
    const types = events.map(({ type }) => type);
    assert.deepEqual([types[0], types[1]], ["session", "turn_started"]);
    assert.deepEqual(types.slice(-2), ["turn_ended", "result"]);
    const text = events.flatMap((event) => event.type === "text" ? event.text : []).join("");
    assert.equal(text, "A poem is made of words.");
  });
});

Deno.test("chat refuses flags that contradict each other, and an empty message", async () => {
  await withoutModel(async (world) => {
    for (
      const args of [
        ["--json", "--stream-json", "-p", "x"],
        ["--continue", "--resume", "a", "-p", "x"],
        ["--no-save", "--session", "a", "-p", "x"],
        ["-p", ""],
        ["-p", "x", "--approve", "some"],
        ["--continue", "-p", "x"],
        ["--resume", "gone", "-p", "x"],
      ]
    ) {
      const { code, stdout, stderr } = await world.run(["chat", ...args], { stdin: "" });
      assert.deepEqual([code, stdout], [2, ""], args.join(" "));
      assert.match(stderr, /^devmcp: Cannot [^\n]+\n( +hint: [^\n]+\n)?$/, args.join(" "));
    }
    assert.deepEqual(await sessionsIn(world), []);
  });
});

Deno.test("chat exits with 1 when a step fails", async () => {
  await withoutModel(async ({ run }) => {
    const { code, stdout, stderr } = await run(["chat", "-p", "review missing.py"]);
    assert.equal(code, 1, stdout + stderr);
    assert.match(stdout + stderr, /missing\.py/);
  });
});

Deno.test("chat --session goes on with what was made before, and writes only when it may", async () => {
  await withChat(async (world) => {
    const say = (message: string, ...flags: string[]) =>
      world.run(["chat", "-p", message, "--session", "nightly", "--json", ...flags]);
    const made = resultOf(await say("write a function that counts words"));
    assert.deepEqual(made.turn!.calls.map(({ tool }) => tool), ["generate_code"]);
    const tested = resultOf(await say("now write tests for it"));
    assert.deepEqual(tested.turn!.calls.map(({ tool }) => tool), ["generate_tests"]);
    assert.equal(tested.session, made.session);
    assert.equal(tested.turn!.id, 2);
    const refused = await say("save the code to words.py");
    assert.equal(refused.code, 1, refused.stdout);
    assert.match(refused.stderr, /not run: write_file; nobody is there to agree \(--approve all/);
    const words = join(world.folder, "words.py");
    await assert.rejects(Deno.stat(words));
    const saved = await say("/save words.py", "--approve", "all");
    assert.equal(saved.code, 0, saved.stderr);
    assert.match(await Deno.readTextFile(words), /^def write_a_function|^def /m);
    assert.deepEqual(resultOf(saved).turn!.changes.map(({ path }) => path), [words]);
    assert.equal((await say("/undo")).code, 0);
    await assert.rejects(Deno.stat(words));
    assert.equal((await sessionsIn(world)).length, 1);
  });
});

Deno.test("chat --continue, --resume and --fork go on where they are told to", async () => {
  await withoutModel(async (world) => {
    const say = async (...flags: string[]) =>
      resultOf(await world.run(["chat", "-p", "review app.py", "--json", ...flags]));
    const first = await say();
    const second = await say();
    assert.notEqual(second.session, first.session);
    const continued = await say("--continue");
    assert.deepEqual([continued.session, continued.turn!.id], [second.session, 2]);
    const resumed = await say("--resume", first.session!);
    assert.deepEqual([resumed.session, resumed.turn!.id], [first.session, 2]);
    const fork = await say("--fork", first.session!);
    assert.equal(fork.turn!.id, 3);
    assert.equal((await sessionsIn(world)).length, 3);
    const again = await say("--resume", first.session!);
    assert.equal(again.turn!.id, 3, "the fork has left it as it was");
  });
});

Deno.test("chat remembers what the person says should always hold, and tells", async () => {
  await withChat(async ({ run, fake }) => {
    const said = await run(["chat", "-p", "Always answer in verse. Write me a poem"]);
    assert.equal(said.code, 0, said.stdout + said.stderr);
    assert.match(said.stderr, /^devmcp: Remembered: "Always answer in verse"; to forget it: /m);
    const before = asked(fake).length;
    await run(["chat", "-p", "write me a poem"]);
    const prompts = asked(fake).slice(before).map(({ body }) => JSON.stringify(body));
    assert.ok(prompts.some((prompt) => prompt.includes("Always answer in verse")), "applied");
  });
});

Deno.test("chat keeps no preference of what is piped in", async () => {
  await withChat(async ({ run }) => {
    for (const args of [["chat"], ["chat", "-p", "-"], ["chat", "-p", "write me a poem"]]) {
      const { code, stderr } = await run(args, { stdin: "Always answer in verse. Hello" });
      assert.deepEqual([code, stderr], [0, ""], args.join(" "));
    }
    assert.match((await run(["preferences"])).stderr, /^no preferences yet/);
  });
});

Deno.test("chat --no-save leaves nothing on the disk", async () => {
  await withoutModel(async (world) => {
    const run = await world.run(["chat", "-p", "review app.py", "--no-save", "--json"]);
    assert.equal(resultOf(run).session, null);
    assert.deepEqual(await sessionsIn(world), []);
  });
});

Deno.test("chat starts no server of a project that nobody has agreed to", async () => {
  await withoutModel(async ({ run, folder }) => {
    const started = join(folder, "started");
    const mcpServers = { other: { command: "touch", args: [started] } };
    await Deno.writeTextFile(join(folder, ".mcp.json"), JSON.stringify({ mcpServers }));
    assert.equal((await run(["chat", "-p", "review app.py"])).code, 0);
    const { code, stderr } = await run(["chat", "-p", "/tools"]);
    assert.equal(code, 0, stderr);
    assert.match(stderr, /^devmcp: not started: the server other of this project[^\n]*\n$/);
    await assert.rejects(Deno.stat(started));
    assert.equal((await run(["chat", "-p", "review app.py", "--no-mcp"])).stderr, "");
  });
});

Deno.test("chat says so when its disk is no good, and still answers", async () => {
  await withoutModel(async ({ run, env }) => {
    await Deno.mkdir(join(env.XDG_STATE_HOME!, "devmcp"), { recursive: true });
    await Deno.writeTextFile(join(env.XDG_STATE_HOME!, "devmcp/sessions"), "no folder");
    const { code, stdout, stderr } = await run(["chat", "-p", "review app.py"]);
    assert.equal(code, 1, stderr);
    assert.match(stdout, /F401|unused/i);
    assert.match(stderr, /^devmcp: Not saved: Cannot /m);
  });
});

Deno.test("chat -p runs slash commands", async () => {
  await withoutModel(async ({ run }) => {
    const tools = await run(["chat", "-p", "/tools"]);
    assert.equal(tools.code, 0, tools.stderr);
    assert.match(tools.stdout, /review_code/);
    const unknown = await run(["chat", "-p", "/tolls"]);
    assert.equal(unknown.code, 2);
    assert.match(unknown.stderr, /did you mean "\/tools"\?/);
    const models = await run(["chat", "-p", "/models"]);
    assert.equal(models.code, 2, models.stdout);
  });
});

/** Starts a chat that takes its time, and waits until the model was asked. */
async function startSlow({ env, folder, fake }: ModelWorld): Promise<Deno.ChildProcess> {
  const before = asked(fake).length;
  const args = ["chat", "-p", "write me a poem", "--session", "slow"];
  const options = {
    args,
    env,
    cwd: folder,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  } as const;
  const child = new Deno.Command(BINARY, options).spawn();
  for (let waited = 0; asked(fake).length < before + 2; waited += 10) {
    if (waited > 30_000) throw new Error("the model was not asked");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return child;
}

Deno.test("chat stopped by Ctrl-C saves the turn", async () => {
  await withChat(async (world) => {
    const child = await startSlow(world);
    child.kill("SIGINT");
    const { code } = await child.output();
    assert.equal(code, 130);
    const [file] = await sessionsIn(world);
    const session = JSON.parse(
      await Deno.readTextFile(join(world.env.XDG_STATE_HOME!, "devmcp/sessions", file!)),
    );
    assert.deepEqual(session.turns.map(({ status }: { status: string }) => status), ["stopped"]);
  }, { tokenDelayMs: 100 });
});

Deno.test("the second chat on a session is told", async () => {
  await withChat(async (world) => {
    await world.run(["chat", "-p", "format app.py", "--session", "slow"]);
    const child = await startSlow(world);
    // However slow the second is to start.
    child.kill("SIGSTOP");
    const { code, stderr } = await world.run(["chat", "-p", "format app.py", "--session", "slow"]);
    child.kill("SIGCONT");
    child.kill("SIGINT");
    assert.equal(code, 2);
    assert.match(stderr, /another chat has it open\n +hint: .*--fork/);
    await child.output();
  }, { tokenDelayMs: 100 });
});

Deno.test("docs/chat.md: every command line of a script runs", async () => {
  const page = await Deno.readTextFile(new URL("../docs/chat.md", import.meta.url));
  const lines = page.split("\n").filter((line) => /\bdevmcp chat (-p|<)/.test(line));
  assert.ok(lines.length >= 5, "the section moved");
  await withChat(async ({ env, folder }) => {
    await Deno.writeTextFile(join(folder, "task.txt"), "write me a poem\n");
    const PATH = `${dirname(BINARY)}:${Deno.env.get("PATH")}`;
    await bash("git init -q . && git add . && echo 'x = 1' >> app.py", folder, { ...env, PATH });
    for (const line of lines) {
      const { code, stderr } = await bash(line, folder, { ...env, PATH });
      assert.equal(code, 0, `${line}: ${stderr}`);
    }
  });
});

async function bash(line: string, cwd: string, env: Record<string, string>) {
  const args = ["-c", `set -o pipefail; ${line}`];
  const { code, stderr } = await new Deno.Command("bash", { args, cwd, env, stdin: "null" })
    .output();
  return { code, stderr: new TextDecoder().decode(stderr) };
}
