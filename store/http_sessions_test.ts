import assert from "node:assert/strict";
import { type HttpSession, openHttpSessions } from "./http_sessions.ts";

const params = { protocolVersion: "2025-11-25" };

function sessionOf(id: string, more: Partial<HttpSession> = {}): HttpSession {
  return { id, principal: "local", params, expires: Date.now() + 60_000, ...more };
}

async function inState(test: (env: (name: string) => string | undefined) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    await test((name) => name === "XDG_STATE_HOME" ? folder : undefined);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const silent = (text: string) => assert.fail(text);

Deno.test("openHttpSessions() gives sessions back to the next process at the same address", async () => {
  await inState(async (env) => {
    const first = openHttpSessions(env, "here:1", silent);
    for (const id of ["a", "b", "old"]) first.keep(sessionOf(id));
    first.keep(sessionOf("old", { expires: 1 }));
    first.keep(sessionOf("large", { params: { name: "x".repeat(10_000) } }));
    await first.flush();
    first.drop("b");
    await first.flush();
    const next = openHttpSessions(env, "here:1", silent);
    const found = ["a", "b", "old", "large"].filter((id) => next.find(id));
    assert.deepEqual(found, ["a"]);
    assert.deepEqual(next.find("a")!.params, params);
    assert.equal(openHttpSessions(env, "here:2", silent).find("a"), undefined);
  });
});

Deno.test("openHttpSessions() writes what nobody reads in one line", async () => {
  await inState(async (env) => {
    const sessions = openHttpSessions(env, "here:1", silent);
    for (const id of ["a", "b"]) sessions.keep(sessionOf(id));
    await sessions.flush();
    const path = `${env("XDG_STATE_HOME")}/devmcp/http_sessions.json`;
    assert.equal((await Deno.readTextFile(path)).trimEnd().split("\n").length, 1);
  });
});

Deno.test("openHttpSessions() keeps what servers at other addresses have written", async () => {
  await inState(async (env) => {
    const servers = ["here:1", "here:2"].map((at) => openHttpSessions(env, at, silent));
    servers.forEach((server, i) => server.keep(sessionOf(`of ${i}`)));
    await Promise.all(servers.map((server) => server.flush()));
    assert.ok(openHttpSessions(env, "here:1", silent).find("of 0"));
    assert.ok(openHttpSessions(env, "here:2", silent).find("of 1"));
  });
});

Deno.test("openHttpSessions() forgets those that expire first when there are too many", async () => {
  await inState(async (env) => {
    const first = openHttpSessions(env, "here:1", silent);
    const now = Date.now();
    for (let i = 0; i < 2100; i++) first.keep(sessionOf(`${i}`, { expires: now + 60_000 + i }));
    await first.flush();
    const next = openHttpSessions(env, "here:1", silent);
    assert.equal(next.find("99"), undefined);
    assert.ok(next.find("100"));
  });
});

Deno.test("openHttpSessions() tells once when it cannot write", async () => {
  const told: string[] = [];
  const env = (name: string) => name === "XDG_STATE_HOME" ? "/dev/null/state" : undefined;
  const sessions = openHttpSessions(env, "here:1", (text) => told.push(text));
  for (const id of ["a", "b"]) {
    sessions.keep(sessionOf(id));
    await sessions.flush();
  }
  assert.equal(told.length, 1);
});
