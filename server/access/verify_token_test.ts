import { deepEqual, equal, rejects } from "node:assert/strict";
import {
  CompactSign,
  createLocalJWKSet,
  exportJWK,
  exportSPKI,
  importJWK,
  type JWTPayload,
  SignJWT,
} from "jose";
import { KeySetError } from "./key_set_error.ts";
import { AUDIENCE, claimsOf, fakeIssuer, forge, ISSUER, seconds } from "./token_fixture.ts";
import { tokenVerifier } from "./verify_token.ts";

const issuer = await fakeIssuer("RS256");
const other = await fakeIssuer("RS256");
const SECRET = crypto.getRandomValues(new Uint8Array(32));

const rules = { audience: [AUDIENCE], issuer: [ISSUER], elevates: false };
const byKeySet = tokenVerifier({
  ...rules,
  key: createLocalJWKSet(issuer.jwks),
  algorithms: ["RS256", "ES256"],
});
const bySecret = tokenVerifier({ ...rules, key: SECRET, algorithms: ["HS256"] });

const withSecret = (secret: Uint8Array, claims?: JWTPayload, alg = "HS256") =>
  new SignJWT(claimsOf(claims)).setProtectedHeader({ alg }).sign(secret);

Deno.test("tokenVerifier() knows who a good token is for", async () => {
  for (const typ of [undefined, "JWT", "at+jwt", "application/at+jwt"]) {
    const found = await byKeySet(await issuer.token({ scope: "write read openid" }, { typ }));
    deepEqual([found?.name, found?.scopes], ["alice", ["read", "write"]]);
    equal(found!.id, (await bySecret(await withSecret(SECRET)))!.id, "one subject of one issuer");
  }
});

Deno.test("tokenVerifier() takes several audiences with ours among them", async () => {
  equal((await byKeySet(await issuer.token({ aud: ["https://a.test", AUDIENCE] })))?.name, "alice");
});

Deno.test("tokenVerifier() takes times that differ by no more than clocks do", async () => {
  const claims = { exp: seconds(-3), nbf: seconds(5), iat: seconds(5) };
  equal((await byKeySet(await issuer.token(claims)))?.name, "alice");
});

const [header] = (await issuer.token()).split(".");
const good = await issuer.token();
const publicPem = await exportSPKI(await importJWK(issuer.jwks.keys[0]!, "RS256") as CryptoKey);
const publicJwk = JSON.stringify(issuer.jwks.keys[0]);
const ownJwk = await exportJWK(other.privateKey);

const BAD: Record<string, () => string | Promise<string>> = {
  "no signature": () => forge({ alg: "none" }, claimsOf()),
  "no signature, in other letters": () => forge({ alg: "NoNe" }, claimsOf()),
  "no signature, but that of a good token": () =>
    forge(
      { alg: "none" },
      claimsOf(),
      good.split(".")[2],
    ),
  "a good token's signature cut off": () => `${good.split(".").slice(0, 2).join(".")}.`,
  "the key of somebody else": () => other.token(),
  "another kid": () => issuer.token({}, { kid: "two" }),
  "a kid that is a path": () => issuer.token({}, { kid: "../../../../dev/null" }),
  "another audience": () => issuer.token({ aud: "https://other.test/mcp" }),
  "a part of our audience": () => issuer.token({ aud: "https://devmcp.test" }),
  "no audience": () => issuer.token({ aud: undefined }),
  "another issuer": () => issuer.token({ iss: "https://issuer.test" }),
  "no issuer": () => issuer.token({ iss: undefined }),
  "expired": () => issuer.token({ exp: seconds(-11) }),
  "without an end": () => issuer.token({ exp: undefined }),
  "an end that is text": () => issuer.token({ exp: "9999999999" as unknown as number }),
  "not yet valid": () => issuer.token({ nbf: seconds(60) }),
  "made in the future": () => issuer.token({ iat: seconds(60) }),
  "no subject": () => issuer.token({ sub: undefined }),
  "an empty subject": () => issuer.token({ sub: "" }),
  "a subject that is no text": () => issuer.token({ sub: 1 as unknown as string }),
  "the public key as the secret, PEM": () => withSecret(new TextEncoder().encode(publicPem)),
  "the public key as the secret, trimmed": () =>
    withSecret(new TextEncoder().encode(publicPem.trim())),
  "the public key as the secret, JWK": () => withSecret(new TextEncoder().encode(publicJwk)),
  "another algorithm of the same key": async () =>
    await new SignJWT(claimsOf())
      .setProtectedHeader({ alg: "PS256", kid: "one" }).sign({
        ...await exportJWK(issuer.privateKey),
        alg: "PS256",
      }),
  "a key that the token brings along": () =>
    other.token({}, { jwk: other.jwks.keys[0], kid: "two" }),
  "a private key that the token brings along": () => other.token({}, { jwk: ownJwk }),
  "an address of keys in the token": () => other.token({}, { jku: "https://evil.test/jwks" }),
  "a certificate's address in the token": () => other.token({}, { x5u: "https://evil.test/cert" }),
  "something critical that we do not know": () =>
    new CompactSign(new TextEncoder().encode(JSON.stringify(claimsOf())))
      .setProtectedHeader({ alg: "RS256", kid: "one", crit: ["urn:x"], "urn:x": 1 })
      .sign(issuer.privateKey, { crit: { "urn:x": true } }),
  "an ID token's kind": () => issuer.token({}, { typ: "id+jwt" }),
  "a proof's kind": () => issuer.token({}, { typ: "dpop+jwt" }),
  "bound to a client's key": () => issuer.token({ cnf: { jkt: "x" } }),
  "other claims under the signature": () =>
    `${header}.${forge({}, claimsOf({ sub: "bob" })).split(".")[1]}.${good.split(".")[2]}`,
  "encrypted": () => "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..AAAA.AAAA.AAAA",
  "one part": () => "abc",
  "empty parts": () => "..",
  "no text": () => "",
  "four parts": () => `${good}.x`,
  "JSON that is broken": () => "e30.e30.e30",
  "a blank behind it": () => `${good} `,
};

for (const [what, make] of Object.entries(BAD)) {
  Deno.test(`tokenVerifier() takes no token with ${what}`, async () => {
    const token = await make();
    equal(await byKeySet(token), undefined);
    equal(await bySecret(token), undefined);
  });
}

Deno.test("tokenVerifier() takes no token of another secret or another hash", async () => {
  equal(await bySecret(await withSecret(new Uint8Array(32))), undefined);
  equal(
    await bySecret(await withSecret(new Uint8Array([...SECRET, ...SECRET]), {}, "HS512")),
    undefined,
  );
});

Deno.test("tokenVerifier() has what cannot be checked now apart from what is bad", async () => {
  const verify = tokenVerifier({
    ...rules,
    key: () => Promise.reject(new KeySetError("Cannot read the keys")),
    algorithms: ["RS256"],
  });
  await rejects(verify(good), KeySetError);
  equal(await verify(forge({ alg: "none" }, claimsOf())), undefined);
});

Deno.test("tokenVerifier() takes no other algorithm, though the key would do for it", async () => {
  const { alg: _, ...anyAlg } = issuer.jwks.keys[0]!;
  const { alg: __, ...jwk } = await exportJWK(issuer.privateKey);
  const verify = tokenVerifier({
    ...rules,
    key: createLocalJWKSet({ keys: [anyAlg] }),
    algorithms: ["RS256"],
  });
  const sign = (alg: string) =>
    new SignJWT(claimsOf()).setProtectedHeader({ alg, kid: "one" }).sign({ ...jwk, alg });
  equal((await verify(await sign("RS256")))?.name, "alice");
  equal(await verify(await sign("PS256")), undefined);
  equal(await verify(await sign("RS512")), undefined);
  const long = crypto.getRandomValues(new Uint8Array(64));
  const byLong = tokenVerifier({ ...rules, key: long, algorithms: ["HS256"] });
  equal((await byLong(await withSecret(long)))?.name, "alice");
  equal(await byLong(await withSecret(long, {}, "HS512")), undefined);
});
