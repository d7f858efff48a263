/** Sessions for tests. */
import { createSessionStore } from "./create_session_store.ts";
import { newTurn } from "./new_turn.ts";
import type { Turn } from "./session.ts";
import type { SessionStore } from "./session_store.ts";

export function makeTurn(id: number, values: Partial<Turn> = {}): Turn {
  return {
    ...newTurn(id, `message ${id}`, "2026-11-20T12:00:00.000Z"),
    answer: `answer ${id}`,
    model: "fake",
    usage: { calls: 1, prompt: 10, completion: 10 },
    timing: { totalMs: 10, waitedMs: 9 },
    ...values,
  };
}

/** A turn as a tool and a model leave it: some 4 KB. */
export function makeFullTurn(id: number): Turn {
  const code = "def load(path):\n    with open(path) as file:\n        return file.read()\n";
  return makeTurn(id, {
    input: `review src/app_${id}.py and tell me what is wrong – please`,
    intent: {
      goal: "review a file",
      tools: ["review_code"],
      parameters: { path: `src/app_${id}.py` },
      confidence: 0.9,
      unclear: [],
      by: "rules",
    },
    plan: [
      { id: "step1", tool: "review_code", purpose: "review", arguments: { path: "x" }, needs: [] },
    ],
    calls: [{
      step: "step1",
      tool: "review_code",
      arguments: { code: code.repeat(10) },
      status: "done",
      text: "- line 3: “file” is never closed\n".repeat(40),
      ms: 12.5,
    }],
    answer: `It is fine.\n\n\`\`\`python\n${code.repeat(8)}\`\`\`\n`,
  });
}

/** Runs `test` with a store in a new folder, and removes it. */
export async function inStore(
  test: (world: { store: SessionStore; folder: string }) => Promise<void>,
): Promise<void> {
  const parent = await Deno.makeTempDir({ prefix: "devmcp-sessions-" });
  const folder = `${parent}/state/sessions`;
  try {
    await test({ store: createSessionStore({ folder }), folder });
  } finally {
    await Deno.remove(parent, { recursive: true });
  }
}

/** Makes a session of some turns, closes it, and gives its id. */
export async function makeSession(
  store: SessionStore,
  turns: Turn[],
  { folder = "/work" }: { folder?: string } = {},
): Promise<string> {
  const session = store.create({ folder });
  for (const turn of turns) await session.addTurn(turn, {});
  session.close();
  return session.data.id;
}
