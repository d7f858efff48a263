import { deepEqual, equal, rejects } from "node:assert/strict";
import { keySet } from "./key_set.ts";
import { KeySetError } from "./key_set_error.ts";
import { AUDIENCE, fakeIssuer, ISSUER } from "./token_fixture.ts";
import { tokenVerifier } from "./verify_token.ts";

const issuer = await fakeIssuer("ES256");
const FULL = JSON.stringify(issuer.jwks);

/** A verifier by keys at an address that `answer` stands for. */
function verifierFor(answer: () => Response | Promise<Response>) {
  const state = { fetched: 0, warnings: [] as string[], now: 0 };
  const verify = tokenVerifier({
    key: keySet({
      url: new URL("https://user:secret@issuer.test/jwks"),
      warn: (text) => state.warnings.push(text),
      fetch: async () => (state.fetched++, await answer()),
      now: () => state.now,
    }),
    algorithms: ["ES256"],
    audience: [AUDIENCE],
    issuer: [ISSUER],
    elevates: true,
  });
  return { verify, state };
}

Deno.test("keySet() fetches once for many tokens, and not for tokens of unknown keys", async () => {
  const { verify, state } = verifierFor(() => new Response(FULL));
  const token = await issuer.token();
  const found = await Promise.all(Array.from({ length: 20 }, () => verify(token)));
  deepEqual(new Set(found.map((one) => one?.name)), new Set(["alice"]));
  for (let i = 0; i < 5; i++) {
    equal(await verify(await issuer.token({}, { kid: `${i}` })), undefined);
  }
  equal(state.fetched, 1);
});

const FAULTS: Record<string, () => Response | Promise<Response>> = {
  "an error": () => new Response(FULL, { status: 500 }),
  "a redirect": () => new Response(null, { status: 302, headers: { location: "http://a.test" } }),
  "no JSON": () => new Response("<html>"),
  "another document": () => new Response('{"keys":{}}'),
  "null": () => new Response("null"),
  "too much": () => new Response(FULL + " ".repeat(300_000)),
  "no answer": () => Promise.reject(new TypeError("refused: https://user:secret@issuer.test/")),
  "an answer too late": () => Promise.reject(new DOMException("too late", "TimeoutError")),
};

for (const [what, answer] of Object.entries(FAULTS)) {
  Deno.test(`keySet() takes no token where there is ${what}, says so and waits a while`, async () => {
    let isBroken = true;
    const { verify, state } = verifierFor(() => isBroken ? answer() : new Response(FULL));
    const token = await issuer.token();
    await rejects(verify(token), KeySetError);
    await rejects(verify(token), KeySetError);
    equal(state.fetched, 1, "not at the pace of those who ask");
    equal(state.warnings.length, 1);
    equal(/secret/.test(state.warnings[0]!), false);
    [isBroken, state.now] = [false, 5001];
    equal((await verify(token))?.name, "alice");
  });
}
