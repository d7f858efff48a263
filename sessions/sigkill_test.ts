import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import type { SessionStore } from "./session_store.ts";
import { inStore } from "./session_fixture.ts";

/** 3,000 take some minutes. */
const KILLS = Number(Deno.env.get("DEVMCP_KILLS") ?? 60);
/** A session is used for so many, that it does not grow for ever. */
const PER_SESSION = 30;

const CHAT = fileURLToPath(new URL("./sigkill_fixture.ts", import.meta.url));

interface Said {
  id: string;
  /** The last turn that it said was saved. */
  saved: number;
}

function startChat(folder: string, id: string): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-check", "--allow-all", CHAT, folder, id].filter(Boolean),
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
}

/** Runs a chat and kills it at a random moment of its work, or of its start. */
async function killChat(folder: string, id: string): Promise<Said> {
  const child = startChat(folder, id);
  const lines = Math.floor(Math.random() * 8);
  const said = { id, saved: 0 };
  let count = 0;
  let text = "";
  for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const whole = text.split("\n");
    text = whole.pop()!;
    whole.forEach((line) => hear(line, said));
    if ((count += whole.length) > lines) setTimeout(() => kill(child), Math.random() * 6);
  }
  await child.status;
  return said;
}

function kill(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch {
    // It is dead already.
  }
}

function hear(line: string, said: Said): void {
  const [verb, value] = line.split(" ");
  if (verb === "open") said.id = value!;
  if (verb === "saved") said.saved = Number(value);
}

/** What is on the disk after a kill, as the next chat finds it. */
async function checkSession(store: SessionStore, folder: string, { id, saved }: Said) {
  if (saved === 0 && (await store.list()).length === 0) return 0;
  const session = await store.open(id);
  const { turns } = session.data;
  session.close();
  assert.ok(turns.length >= saved, `turn ${saved} was lost: ${turns.length} are left`);
  assert.deepEqual(turns.map((turn) => turn.id), turns.map((_, i) => i + 1));
  assert.deepEqual(filesIn(folder).filter((name) => !name.endsWith(".json")), []);
  return turns.length;
}

function filesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name);
}

Deno.test(`a session survives ${KILLS} kills: no turn is lost, nothing is left behind`, async () => {
  for (let done = 0; done < KILLS; done += PER_SESSION) {
    await inStore(async ({ folder }) => {
      const { createSessionStore } = await import("./create_session_store.ts");
      let id = "";
      for (let kills = 0; kills < Math.min(PER_SESSION, KILLS - done); kills++) {
        const said = await killChat(folder, id);
        const turns = await checkSession(createSessionStore({ folder }), folder, said);
        id = turns > 0 ? said.id : "";
      }
      assert.ok(id === "" || filesIn(folder).includes(`${id}.json`));
    });
  }
});

Deno.test("a session that is open in another process is told at once, until that is killed", () =>
  inStore(async ({ store, folder }) => {
    const child = startChat(folder, "");
    const said: Said = { id: "", saved: 0 };
    let isKilled = false;
    for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
      text.split("\n").forEach((line) => hear(line, said));
      if (said.saved === 0 || isKilled) continue;
      await assert.rejects(store.open(said.id), { message: /: another chat has it open$/ });
      assert.equal((await store.list())[0]!.isOpen, true);
      kill(child);
      isKilled = true;
    }
    await child.status;
    const session = await store.open(said.id);
    session.close();
    assert.ok(session.data.turns.length >= said.saved);
  }));
