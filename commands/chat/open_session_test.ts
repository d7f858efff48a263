import assert from "node:assert/strict";
import type { ChatFlags } from "./chat_flags.ts";
import type { OpenSession } from "../../sessions/session_store.ts";
import { openSession } from "./open_session.ts";
import { FOLDER, slashChat } from "./slash_fixture.ts";
import { unsavedStore } from "./unsaved_store.ts";
import { fakeTurn } from "../../agent/fake_world.ts";

const OTHERS = { one: FOLDER, two: "/other" };

const CASES: [flags: Partial<ChatFlags>, id: string | RegExp][] = [
  [{}, "new2"],
  [{ continue: true }, "one"],
  [{ resume: "one" }, "one"],
  [{ resume: "two" }, /it is about "\/other"$/],
  [{ resume: "gone" }, /no such session$/],
  [{ fork: "two" }, "two-fork-all"],
  [{ session: "title of one" }, "one"],
  [{ session: "one" }, "one"],
  [{ session: "nightly" }, "new2"],
];

for (const [flags, id] of CASES) {
  Deno.test(`openSession() with ${JSON.stringify(flags)}`, async () => {
    const { store } = slashChat({ others: OTHERS }).chat;
    const opened = openSession({ save: true, mcp: true, ...flags }, store, FOLDER);
    if (id instanceof RegExp) return await assert.rejects(opened, id);
    const { data } = await opened;
    assert.deepEqual([data.id, data.folder], [id, FOLDER]);
    if (flags.session === "nightly") assert.equal(data.title, "nightly");
  });
}

Deno.test("openSession() gives the session the model of the flag", async () => {
  const { store } = slashChat({ others: OTHERS }).chat;
  const flags = { save: true, mcp: true, continue: true, model: "tiny:1b" };
  assert.equal((await openSession(flags, store, FOLDER)).data.model, "tiny:1b");
});

Deno.test("openSession() of a folder without sessions cannot continue", async () => {
  const { store } = slashChat().chat;
  const opened = openSession({ save: true, mcp: true, continue: true }, store, FOLDER);
  await assert.rejects(opened, /no session yet$/);
});

Deno.test("unsavedStore() keeps what is said away from the disk", async () => {
  const { store } = slashChat({ others: OTHERS }).chat;
  const refuse = (session: OpenSession): OpenSession => ({
    ...session,
    addTurn: () => assert.fail("saved"),
    change: () => assert.fail("saved"),
  });
  const unsaved = unsavedStore({
    ...store,
    create: (options) => refuse(store.create(options)),
    open: async (id) => refuse(await store.open(id)),
  });
  for (const session of [unsaved.create({ folder: FOLDER }), await unsaved.open("one")]) {
    await session.addTurn(fakeTurn("x"), { review: { text: "fine" } });
    await session.change((data) => void (data.model = "tiny:1b"));
    const { last, turns, model } = session.data;
    assert.deepEqual([last.review?.text, turns.length, model], ["fine", 1, "tiny:1b"]);
  }
  await assert.rejects(unsaved.fork("one"), /nothing is kept with --no-save$/);
});
