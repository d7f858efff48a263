import assert from "node:assert/strict";
import { type OAuthLogin, openOAuthTokens } from "./oauth_tokens.ts";

const SERVER = "https://mcp.test/";

function login(issuer: string, server = SERVER): OAuthLogin {
  return { server, issuer, client: { client_id: "c" }, tokens: { access_token: `for ${issuer}` } };
}

async function withFile(test: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(`${folder}/state/logins.json`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("openOAuthTokens() reads the login that was used last, or that of an issuer", () =>
  withFile(async (path) => {
    const tokens = openOAuthTokens(path);
    assert.equal(tokens.read(SERVER), undefined);
    await tokens.save(login("a"));
    await tokens.save(login("b"));
    await tokens.save(login("c", "https://other.test/"));
    assert.deepEqual(openOAuthTokens(path).read(SERVER), login("b"));
    assert.deepEqual(tokens.read(SERVER, "a"), login("a"));
    await tokens.save({ ...login("a"), tokens: undefined });
    assert.equal(tokens.read(SERVER)?.tokens, undefined);
    assert.deepEqual(tokens.read(SERVER, "b"), login("b"));
  }));

Deno.test("openOAuthTokens() forgets all of a server, and nothing else", () =>
  withFile(async (path) => {
    const tokens = openOAuthTokens(path);
    for (const one of [login("a"), login("b"), login("c", "https://other.test/")]) {
      await tokens.save(one);
    }
    assert.equal(await tokens.remove(SERVER), true);
    assert.equal(await tokens.remove(SERVER), false);
    assert.equal(tokens.read(SERVER), undefined);
    assert.ok(tokens.read("https://other.test/"));
    assert.doesNotMatch(await Deno.readTextFile(path), /for a/);
  }));

Deno.test({
  name: "openOAuthTokens() keeps logins where nobody else can read them",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withFile(async (path) => {
      await openOAuthTokens(path).save(login("a"));
      assert.equal((await Deno.stat(path)).mode! & 0o777, 0o600);
    }),
});

Deno.test("openOAuthTokens() lets one after the other work on a server", () =>
  withFile(async (path) => {
    const steps: string[] = [];
    const work = (name: string) =>
      openOAuthTokens(path).exclusively(SERVER, async () => {
        steps.push(name);
        await Promise.resolve();
        steps.push(name);
      });
    await Promise.all([work("a"), work("b")]);
    assert.ok(["aabb", "bbaa"].includes(steps.join("")));
  }));
