import assert from "node:assert/strict";
import fc from "fast-check";
import { cutText } from "../config/cut_text.ts";
import { createSessionStore } from "./create_session_store.ts";
import { inStore, makeFullTurn, makeSession, makeTurn } from "./session_fixture.ts";
import type { Turn } from "./session.ts";

const isWindows = Deno.build.os === "windows";

function filesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

/** Gives every session file of a folder another time of its last use. */
function age(folder: string, id: string, updated: string): void {
  const path = `${folder}/${id}.json`;
  const text = Deno.readTextFileSync(path);
  Deno.writeTextFileSync(path, text.replace(/"updated":"[^"]*"/, `"updated":"${updated}"`));
}

Deno.test("create() writes nothing before the first turn, then a private file", () =>
  inStore(async ({ store, folder }) => {
    const session = store.create({ folder: "/work", model: "m" });
    await session.change((data) => data.model = "n");
    session.close();
    assert.deepEqual(await store.list(), []);
    const id = await makeSession(store, [makeTurn(1)]);
    assert.match(id, /^\d{8}-\d{6}-[a-z0-9]{4}$/);
    assert.deepEqual(filesIn(folder), [`${id}.json`]);
    if (isWindows) return;
    assert.equal((await Deno.stat(`${folder}/${id}.json`)).mode! & 0o777, 0o600);
    assert.equal((await Deno.stat(folder)).mode! & 0o777, 0o700);
  }));

Deno.test("addTurn() keeps what open() gives, over many turns and chats", () =>
  inStore(async ({ store }) => {
    const turns = Array.from({ length: 47 }, (_, i) => makeFullTurn(i + 1));
    const id = await makeSession(store, turns.slice(0, 3));
    for (let done = 3; done < turns.length; done += 11) {
      const session = await store.open(id);
      for (const turn of turns.slice(done, done + 11)) await session.addTurn(turn, {});
      session.close();
    }
    assert.deepEqual((await store.read(id)).turns, turns);
    const last = await store.open(id);
    await last.addTurn(makeTurn(48), { code: { text: "x = 1\n", language: "python" } });
    last.close();
    const { title, last: remembered, turns: all } = await store.read(id);
    assert.equal(title, "review src/app_1.py and tell me what is wrong – please");
    assert.deepEqual([remembered.code?.text, all.length], ["x = 1\n", 48]);
  }));

Deno.test("addTurn() keeps any text as it was", () =>
  inStore(async ({ store }) => {
    const session = store.create({ folder: "/work" });
    const texts = fc.string({ unit: "binary", maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(texts, texts, fc.dictionary(texts, fc.jsonValue()), async (a, b, more) => {
        const id = session.data.turns.length + 1;
        const call = { step: "step1", tool: "t", status: "done" as const, text: b, ms: 1 };
        // A key of this name is not kept, however deep.
        const args = JSON.parse(
          JSON.stringify(more),
          (key, value) => key === "__proto__" ? undefined : value,
        );
        await session.addTurn(
          makeTurn(id, { input: a, answer: b, calls: [{ ...call, arguments: args }] }),
          { review: { text: a } },
        );
        const read = await store.read(session.data.id);
        assert.deepEqual(read, JSON.parse(JSON.stringify(session.data)));
        assert.deepEqual([read.turns.at(-1)!.input, read.last.review?.text], [a, a]);
      }),
      { numRuns: 60 },
    );
    session.close();
  }));

Deno.test("addTurn() cuts what is too long, and keeps old files for the last 20 turns", () =>
  inStore(async ({ store }) => {
    const session = store.create({ folder: "/work" });
    const changes = [{ path: "/work/a", before: "AAAA", after: "x" }];
    const call = { step: "step1", tool: "t", status: "done" as const, ms: 1 };
    const long = "x".repeat(1_000_000);
    for (let i = 1; i <= 25; i++) {
      await session.addTurn(
        makeTurn(i, {
          changes,
          calls: [{ ...call, text: long, arguments: { code: long, many: [long] } }],
        }),
        {},
      );
    }
    session.close();
    const { turns } = await store.read(session.data.id);
    assert.deepEqual(
      turns.map((turn) => turn.changes.length),
      turns.map((_, i) => i < 5 ? 0 : 1),
    );
    assert.equal(turns[0]!.calls[0]!.text, cutText(long, 32 * 1024));
    assert.ok(JSON.stringify(turns[24]).length < 60_000);
  }));

Deno.test("change() writes what was changed of the newest turns, and takes turns away", () =>
  inStore(async ({ store }) => {
    const changes = [{ path: "/work/a", before: null, after: "x" }];
    const id = await makeSession(
      store,
      Array.from({ length: 30 }, (_, i) => makeTurn(i + 1, { changes })),
    );
    const session = await store.open(id);
    await session.change(({ turns }) => turns[29]!.changes[0]!.undone = true);
    assert.equal((await store.read(id)).turns[29]!.changes[0]!.undone, true);
    await session.change(({ turns }) => void turns.splice(3));
    assert.deepEqual((await store.read(id)).turns.map((turn) => turn.id), [1, 2, 3]);
    await session.addTurn(makeTurn(4), {});
    session.close();
    assert.equal((await store.read(id)).turns.length, 4);
  }));

Deno.test("open() tells the second chat at once, and lets it in when the first has left", () =>
  inStore(async ({ store, folder }) => {
    const id = await makeSession(store, [makeTurn(1)]);
    const first = await store.open(id);
    const other = createSessionStore({ folder });
    await assert.rejects(other.open(id), {
      message: `Cannot open the session "${id}": another chat has it open`,
      hint: `leave that chat, or go on with a copy: "devmcp chat --fork ${id}"`,
    });
    await assert.rejects(other.remove(id), { message: /^Cannot delete .*: another chat has it/ });
    assert.equal((await other.list())[0]!.isOpen, true);
    await first.addTurn(makeTurn(2), {});
    first.close();
    assert.equal((await other.list())[0]!.isOpen, false);
    const second = await other.open(id);
    assert.equal(second.data.turns.length, 2);
    await assert.rejects(first.addTurn(makeTurn(3), {}), { message: /: it was closed$/ });
    second.close();
    assert.deepEqual(filesIn(folder), [`${id}.json`]);
  }));

Deno.test("close() lets what is being written end", () =>
  inStore(async ({ store, folder }) => {
    const session = store.create({ folder: "/work" });
    const writes = [1, 2, 3].map((id) => session.addTurn(makeTurn(id), {}));
    session.close();
    await Promise.all(writes);
    assert.equal((await store.read(session.data.id)).turns.length, 3);
    assert.deepEqual(filesIn(folder), [`${session.data.id}.json`]);
  }));

Deno.test("open() takes the beginning of an id, when only one session has it", () =>
  inStore(async ({ store, folder }) => {
    const id = await makeSession(store, [makeTurn(1)]);
    await Deno.copyFile(`${folder}/${id}.json`, `${folder}/copy-1.json`);
    await Deno.copyFile(`${folder}/${id}.json`, `${folder}/copy-2.json`);
    assert.equal((await store.read(id.slice(0, 15))).id, id);
    assert.equal((await store.read("copy-1")).id, "copy-1");
    await assert.rejects(store.open("copy"), {
      message: 'Cannot open the session "copy": 2 sessions begin with it',
      hint: "give more of it: copy-2, copy-1",
    });
    for (const name of ["", "x", "../copy-1", "copy-1.json"]) {
      await assert.rejects(store.open(name), { message: /: there is none$/ }, name);
    }
  }));

Deno.test("fork() copies a session, or the beginning of it, also of one that is open", () =>
  inStore(async ({ store }) => {
    const open = store.create({ folder: "/work" });
    const remembered = { code: { text: "x", language: "python" } };
    for (const id of [1, 2, 3]) await open.addTurn(makeTurn(id), remembered);
    await open.change((data) => data.summary = { text: "two turns", turns: 2 });
    const whole = await store.fork(open.data.id);
    const part = await store.fork(open.data.id, { turns: 1 });
    for (const session of [whole, part]) session.close();
    assert.deepEqual((await store.read(whole.data.id)).turns, open.data.turns);
    assert.deepEqual(whole.data.last, remembered);
    const read = await store.read(part.data.id);
    assert.deepEqual(read.turns.map(({ id }) => id), [1]);
    assert.deepEqual([read.forkedFrom, read.title], [open.data.id, "message 1"]);
    assert.deepEqual([read.last, read.summary], [{}, { text: "", turns: 0 }]);
    await whole.data.turns.push(makeTurn(4));
    assert.equal(open.data.turns.length, 3);
    open.close();
  }));

Deno.test("list() and latest() give the newest first, of a folder when asked", () =>
  inStore(async ({ store, folder }) => {
    const ids: string[] = [];
    for (const about of ["/a", "/b", "/a"]) {
      ids.push(await makeSession(store, [makeTurn(1), makeTurn(2)], { folder: about }));
    }
    age(folder, ids[0]!, "2026-01-03T00:00:00.000Z");
    age(folder, ids[1]!, "2026-01-02T00:00:00.000Z");
    age(folder, ids[2]!, "2026-01-01T00:00:00.000Z");
    assert.deepEqual((await store.list()).map(({ id }) => id), ids);
    assert.deepEqual((await store.list("/b")).map(({ id }) => id), [ids[1]]);
    assert.deepEqual([await store.latest("/a"), await store.latest("/c")], [ids[0], undefined]);
    const [info] = await store.list();
    assert.deepEqual([info!.turns, info!.folder, info!.title], [2, "/a", "message 1"]);
  }));

const BROKEN = new Map<string, [content: string | Uint8Array<ArrayBuffer>, problem: RegExp]>([
  ["empty", ["", /: its file is broken \(no JSON\)$/]],
  ["cut", ['{"version":1,"id":"x"', /broken \(no JSON\)$/]],
  ["list", ["[1,2]", /broken \(no session\)$/]],
  ["binary", [new Uint8Array([0, 255, 254]), /broken \(no JSON\)$/]],
  ["newer", ['{"version":7,"x":1}', /: a newer devmcp has written it \(version 7\)$/]],
  ["types", ['{"version":1,"id":"x","turns":"\\u001b[2J"}', /broken \(see \w+\)$/]],
  ["deep", ["[".repeat(200_000), /broken \(no JSON\)$/]],
  ["odd", ['{"version":-1}', /broken \(see version\)$/]],
]);

Deno.test("a broken session is one line, and the others are there all the same", () =>
  inStore(async ({ store, folder }) => {
    const id = await makeSession(store, [makeTurn(1)]);
    for (const [name, [content]] of BROKEN) {
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      await Deno.writeFile(`${folder}/${name}.json`, bytes);
    }
    await Deno.mkdir(`${folder}/folder.json`);
    await Deno.writeTextFile(`${folder}/.hidden.json`, "x");
    const infos = await store.list();
    assert.deepEqual(infos.map((info) => info.id)[0], id);
    assert.equal(infos.length, BROKEN.size + 1);
    for (const [name, [, problem]] of BROKEN) {
      assert.match(infos.find((info) => info.id === name)!.problem!, problem, name);
      await assert.rejects(store.open(name), { name: "ToolError", message: problem });
      assert.equal((await store.list()).some(({ isOpen }) => isOpen), false, name);
    }
    assert.equal(await store.latest("/work"), id);
    assert.deepEqual((await store.search("message 1")).map((info) => info.id), [id]);
    assert.deepEqual(await store.prune({ days: 0, keep: 100 }), []);
    await store.remove("cut");
    assert.equal((await store.list()).length, BROKEN.size);
  }));

Deno.test("open() lets no file change prototypes, however the name is written", () =>
  inStore(async ({ store, folder }) => {
    const evil = JSON.parse('{"__proto__":{"polluted":1},"nested":{"__proto__":{"polluted":1}}}');
    const call = { step: "s", tool: "t", status: "done" as const, text: "", ms: 1 };
    const id = await makeSession(store, [makeTurn(1, { calls: [{ ...call, arguments: evil }] })]);
    const path = `${folder}/${id}.json`;
    const text = await Deno.readTextFile(path);
    for (const written of ["__proto__", "\\u005F_proto__", "__pr\\u006fto__"]) {
      await Deno.writeTextFile(path, text.replaceAll("__proto__", written));
      const args = (await store.read(id)).turns[0]!.calls[0]!.arguments;
      const copy = Object.assign({}, args, args.nested) as Record<string, unknown>;
      assert.equal(copy.polluted, undefined, written);
    }
    assert.equal(({} as Record<string, unknown>).polluted, undefined);
  }));

Deno.test("open() reads what an editor has laid out anew, and writes it again", () =>
  inStore(async ({ store, folder }) => {
    const turns = Array.from({ length: 25 }, (_, i) => makeFullTurn(i + 1));
    const id = await makeSession(store, turns);
    const path = `${folder}/${id}.json`;
    const text = await Deno.readTextFile(path);
    for (const indent of [0, 2]) {
      await Deno.writeTextFile(path, JSON.stringify(JSON.parse(text), null, indent));
      assert.deepEqual((await store.list())[0]!.turns, 25);
      const session = await store.open(id);
      await session.addTurn(makeTurn(26), {});
      session.close();
      assert.deepEqual((await store.read(id)).turns, [...turns, makeTurn(26)]);
    }
  }));

Deno.test("open() takes a session of the earlier system", () =>
  inStore(async ({ store, folder }) => {
    const old = {
      id: "ignored",
      created_at: 1_700_000_000,
      messages: [
        { role: "system", content: "You are …" },
        { role: "user", content: "write fib" },
        { role: "assistant", content: "Here:" },
        { role: "assistant", content: "done" },
        { role: "user", content: "thanks" },
        "broken",
      ],
    };
    await Deno.mkdir(folder, { recursive: true });
    await Deno.writeTextFile(`${folder}/f81d4fae.json`, JSON.stringify(old));
    assert.deepEqual((await store.list()).map(({ title, turns }) => [title, turns]), [
      ["write fib", 2],
    ]);
    const session = await store.open("f81d");
    await session.addTurn(makeTurn(3), {});
    session.close();
    const { version, id, created, turns } = await store.read("f81d4fae");
    assert.deepEqual([version, id, created], [1, "f81d4fae", "2023-11-14T22:13:20.000Z"]);
    const pairs = turns.map(({ input, answer }) => [input, answer]);
    assert.deepEqual(pairs.slice(0, 2), [["write fib", "Here:\n\ndone"], ["thanks", ""]]);
  }));

Deno.test("search() finds sessions with all words, whatever their case", () =>
  inStore(async ({ store }) => {
    const ask = (turns: Partial<Turn>[]) =>
      makeSession(store, turns.map((turn, i) => makeTurn(i + 1, turn)));
    const a = await ask([{
      input: "Write a REST endpoint",
      answer: `${"x ".repeat(90)}Größe "q"`,
    }]);
    const b = await ask([{ input: "fib" }, { answer: "line one\nuse a REST client\x1b[2J here" }]);
    const find = async (text: string) => (await store.search(text)).map(({ id }) => id).sort();
    assert.deepEqual(await find("rest"), [a, b].sort());
    assert.deepEqual(await find("REST fib"), [b]);
    assert.deepEqual(await find('größe "Q"'), [a]);
    assert.deepEqual(await find("rest nowhere"), []);
    assert.deepEqual(await find(" "), []);
    const [found] = await store.search("client rest");
    assert.equal(found!.excerpt, "use a REST client [2J here");
    assert.match((await store.search("größe"))[0]!.excerpt, /^…[x ]+Größe "q"$/);
  }));

Deno.test("prune() removes the old, but not the newest and not what is open", () =>
  inStore(async ({ store, folder }) => {
    const ids: string[] = [];
    for (let i = 0; i < 6; i++) {
      ids.push(await makeSession(store, [makeTurn(1)]));
      age(folder, ids[i]!, `2020-01-0${9 - i}T00:00:00.000Z`);
    }
    const open = await store.open(ids[5]!);
    assert.deepEqual(await store.prune({ days: 90, keep: 3 }), ids.slice(3, 5));
    open.close();
    assert.deepEqual(await store.prune({ days: 90, keep: 3 }), [ids[5]]);
    assert.deepEqual(await store.prune({ days: 10_000, keep: 0 }), []);
    assert.deepEqual((await store.list()).map(({ id }) => id), ids.slice(0, 3));
  }));

Deno.test("what a killed process left is removed at the next open", () =>
  inStore(async ({ store, folder }) => {
    const [a, b] = [
      await makeSession(store, [makeTurn(1)]),
      await makeSession(store, [makeTurn(1)]),
    ];
    for (const name of [`.${a}.tmp`, `.${b}.tmp`, ".gone.tmp", `${b}.lock`, "gone.lock"]) {
      await Deno.writeTextFile(`${folder}/${name}`, "x");
    }
    const other = createSessionStore({ folder });
    const session = await other.open(a);
    assert.deepEqual(filesIn(folder), [`${a}.json`, `${a}.lock`, `${b}.json`].sort());
    session.close();
  }));

Deno.test("addTurn() says when the disk refuses, and writes the turn with the next", () =>
  inStore(async ({ store, folder }) => {
    const session = store.create({ folder: "/work" });
    await session.addTurn(makeTurn(1), {});
    const path = `${folder}/.${session.data.id}.tmp`;
    await Deno.mkdir(path);
    await assert.rejects(session.addTurn(makeTurn(2), {}), { message: /^Cannot write ".*json": / });
    assert.equal((await store.read(session.data.id)).turns.length, 1);
    await Deno.remove(path);
    await session.addTurn(makeTurn(3), {});
    session.close();
    assert.equal((await store.read(session.data.id)).turns.length, 3);
  }));

Deno.test("addTurn() refuses what could not be read again", () =>
  inStore(async ({ folder }) => {
    const session = createSessionStore({ folder, maxBytes: 1024 * 1024 }).create({ folder: "/" });
    const turn = makeTurn(1, { answer: "x".repeat(200_000) });
    for (let i = 0; i < 5; i++) await session.addTurn(turn, {});
    await assert.rejects(session.addTurn(turn, {}), {
      message: /: it would be larger than 1 MiB$/,
      hint: "begin a new one with /clear",
    });
    session.close();
  }));

Deno.test("remove() says what it is when something else has a session's name", () =>
  inStore(async ({ store, folder }) => {
    const id = await makeSession(store, [makeTurn(1)]);
    await Deno.remove(`${folder}/${id}.json`);
    await Deno.mkdir(`${folder}/${id}.json/in`, { recursive: true });
    await assert.rejects(store.remove(id), /^ToolError: Cannot delete ".*": /);
  }));

// For root no folder is closed.
Deno.test({
  name: "list() does not say that there are none where it may not look",
  ignore: isWindows || Deno.uid() === 0,
  fn: () =>
    inStore(async ({ store, folder }) => {
      await makeSession(store, [makeTurn(1)]);
      await Deno.chmod(folder, 0);
      try {
        await assert.rejects(store.list(), /^ToolError: Cannot read ".*": permission denied$/);
      } finally {
        await Deno.chmod(folder, 0o700);
      }
    }),
});
