import assert from "node:assert/strict";
import { join } from "node:path";
import { openAgreedServers } from "./agreed_servers.ts";
import { openKnownTools } from "./known_tools.ts";

async function inState(test: (env: (name: string) => string | undefined) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    await test((name) => name === "XDG_STATE_HOME" ? folder : undefined);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const SERVER = { file: "/project/.mcp.json", name: "files", sha256: "1" };

Deno.test("AgreedServers knows a server by its file, its name and what it is", () =>
  inState(async (env) => {
    const agreed = openAgreedServers(env);
    assert.equal(agreed.has(SERVER), false);
    await agreed.add(SERVER);
    assert.equal(openAgreedServers(env).has(SERVER), true);
    for (const other of [{ file: "/other/.mcp.json" }, { name: "other" }, { sha256: "2" }]) {
      assert.equal(agreed.has({ ...SERVER, ...other }), false, JSON.stringify(other));
    }
    await agreed.add({ ...SERVER, sha256: "2" });
    assert.equal(agreed.has(SERVER), false);
  }));

Deno.test("AgreedServers keeps nothing else of a server", () =>
  inState(async (env) => {
    const server = { ...SERVER, headers: { Authorization: "Bearer secret" } };
    await openAgreedServers(env).add(server);
    const text = await Deno.readTextFile(
      join(env("XDG_STATE_HOME")!, "devmcp/agreed_servers.json"),
    );
    assert.deepEqual(JSON.parse(text), { version: 1, servers: [SERVER] });
  }));

Deno.test("AgreedServers agrees to nothing when its file is broken", () =>
  inState(async (env) => {
    const agreed = openAgreedServers(env);
    await agreed.add(SERVER);
    await Deno.writeTextFile(join(env("XDG_STATE_HOME")!, "devmcp/agreed_servers.json"), "{");
    assert.equal(agreed.has(SERVER), false);
  }));

Deno.test("KnownTools keeps what a server's tools were, and adds to it", () =>
  inState(async (env) => {
    const known = openKnownTools(env);
    assert.equal(known.of(SERVER).size, 0);
    await known.add(SERVER, new Map([["read", "1"], ["write", "2"]]));
    await known.add(SERVER, new Map([["write", "3"], ["__proto__", "4"]]));
    assert.deepEqual(
      openKnownTools(env).of(SERVER),
      new Map([["read", "1"], ["write", "3"], ["__proto__", "4"]]),
    );
    assert.equal(known.of({ ...SERVER, name: "other" }).size, 0);
  }));
