/** Scripted chats of the binary, killed at random moments: what was acknowledged is still there. */
import assert from "node:assert/strict";
import { startFakeOllama } from "../models/fakes/fake_ollama.ts";
import { BINARY } from "./devmcp.ts";
import { type ModelWorld, withModels } from "./model_world.ts";

/** 3,000 take a quarter of an hour. */
const KILLS = Number(Deno.env.get("DEVMCP_KILLS") ?? 40);
/** Sessions are taken in turn, so that they do not grow for ever. */
const PER_SESSION = 25;
/** Longer than a chat of one message takes: some end by themselves. */
const LONGEST_MS = 700;

interface Told {
  /** `turn_ended` was said: the turn is on the disk. */
  acknowledged: boolean;
  /** Null: it was killed. */
  code: number | null;
  stderr: string;
}

/** Sends one message to a session, and kills the chat at a random moment of its life. */
async function chatAndKill(
  { folder, env }: ModelWorld,
  session: string,
  message: string,
): Promise<Told> {
  const child = new Deno.Command(BINARY, {
    args: ["chat", "-p", message, "--session", session, "--stream-json"],
    cwd: folder,
    env,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const timer = setTimeout(() => kill(child), Math.random() * LONGEST_MS);
  const { code, signal, stdout, stderr } = await child.output();
  clearTimeout(timer);
  const said = new TextDecoder().decode(stdout);
  return {
    acknowledged: said.split("\n").some((line) => line.startsWith('{"type":"turn_ended"')),
    code: signal ? null : code,
    stderr: new TextDecoder().decode(stderr),
  };
}

function kill(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

/** Every acknowledged message is in its session, and every file can be read. */
async function assertKept(world: ModelWorld, acknowledged: string[]): Promise<void> {
  const { stdout } = await world.run(["sessions", "list", "--json"]);
  const inputs: string[] = [];
  for (const { id } of JSON.parse(stdout).sessions) {
    const shown = await world.run(["sessions", "export", id, "--format", "json"]);
    assert.equal(shown.code, 0, shown.stderr);
    inputs.push(...JSON.parse(shown.stdout).turns.map(({ input }: { input: string }) => input));
  }
  const kept = new Set(inputs);
  assert.deepEqual(acknowledged.filter((text) => !kept.has(text)), []);
  assert.equal(kept.size, inputs.length, "a message is there twice");
}

Deno.test(`chats survive ${KILLS} kills: no acknowledged turn is lost, no session stays locked`, () =>
  withModels(
    () => startFakeOllama({ reply: () => ({ text: "Because the sky scatters blue light." }) }),
    async (world) => {
      const acknowledged: string[] = [];
      let whole = 0;
      for (let i = 0; i < KILLS; i++) {
        const session = `s${Math.floor(i / PER_SESSION)}`;
        const text = `why is the sky blue? (${i})`;
        const told = await chatAndKill(world, session, text);
        // One that was not killed must have worked: nothing left behind stood in its way.
        assert.ok(told.code === null || told.code === 0, told.stderr);
        if (told.acknowledged) acknowledged.push(text);
        whole += Number(told.code === 0);
      }
      assert.ok(whole > 0 && whole < KILLS, `${whole} of ${KILLS} chats were not killed`);
      assert.ok(acknowledged.length >= whole);
      await assertKept(world, acknowledged);
    },
  ));
