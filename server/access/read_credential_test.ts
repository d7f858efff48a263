import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { createApiKey } from "./api_key.ts";
import { readCredential } from "./read_credential.ts";

const KEY = createApiKey().text;
const read = (headers: [string, string][], path = "/mcp") =>
  readCredential({ headers: new Headers(headers), url: `http://h${path}` });
const bearer = (token: string, path?: string) => read([["Authorization", `Bearer ${token}`]], path);

Deno.test("readCredential() reads one key or token from one header", () => {
  const table: [ReturnType<typeof readCredential>, unknown][] = [
    [read([]), "none"],
    [bearer("a.b-c_d~e+f/g=="), { token: "a.b-c_d~e+f/g==" }],
    [bearer(KEY), { key: KEY }],
    [read([["authorization", `bearer ${KEY}`]]), { key: KEY }],
    [read([["Authorization", `BEARER   ${KEY}`]]), { key: KEY }],
    [read([["X-API-Key", KEY]]), { key: KEY }],
    [bearer(KEY, "/mcp?verbose=1"), { key: KEY }],
    [bearer("x".repeat(8192)), { token: "x".repeat(8192) }],
  ];
  for (const [found, expected] of table) deepEqual(found, expected);
});

const WRONG: Record<string, [string, string][]> = {
  "two Authorization headers": [["Authorization", `Bearer ${KEY}`], [
    "Authorization",
    `Bearer ${KEY}`,
  ]],
  "two that the runtime joined": [["Authorization", `Bearer ${KEY}, Bearer ${KEY}`]],
  "a good one joined with a basic one": [["Authorization", `Basic YTpi, Bearer ${KEY}`]],
  "both headers": [["Authorization", `Bearer ${KEY}`], ["X-API-Key", KEY]],
  "two X-API-Key headers": [["X-API-Key", KEY], ["X-API-Key", KEY]],
  "a JWT as an API key": [["X-API-Key", "a.b.c"]],
  "an empty API key": [["X-API-Key", ""]],
  "an empty header": [["Authorization", ""]],
  "a scheme alone": [["Authorization", "Bearer"]],
  "a scheme and a blank": [["Authorization", "Bearer "]],
  "no scheme": [["Authorization", KEY]],
  "another scheme": [["Authorization", `Basic ${KEY}`]],
  "a scheme that begins alike": [["Authorization", `Bearerx ${KEY}`]],
  "garbage behind it": [["Authorization", `Bearer ${KEY} x`]],
  "a comma behind it": [["Authorization", `Bearer ${KEY},`]],
  "a tab": [["Authorization", `Bearer\t${KEY}`]],
  "quotes": [["Authorization", `Bearer "${KEY}"`]],
  "padding in the middle": [["Authorization", "Bearer a=b"]],
  "letters beyond ASCII": [["Authorization", "Bearer t\u00f6ken"]],
  "a huge token": [["Authorization", `Bearer ${"x".repeat(8193)}`]],
  "a huge header": [["Authorization", `Bearer ${" ".repeat(1_000_000)}x`]],
};

for (const [what, headers] of Object.entries(WRONG)) {
  Deno.test(`readCredential() takes nothing from ${what}`, () => {
    equal(read(headers), "wrong");
  });
}

Deno.test("readCredential() takes nothing from an address, nor with one that has a secret", () => {
  const names = ["access_token", "ACCESS_TOKEN", "api_key", "apikey", "api-key", "token", "jwt"];
  const paths = [
    ...names.map((name) => `/mcp?${name}=${KEY}`),
    "/mcp?token",
    "/mcp?a=1&%74oken=x",
    "/mcp?x-api-key=1",
    `/mcp?anything=${KEY}`,
    `/mcp?%20Bearer%20=x`,
  ];
  for (const path of paths) {
    equal(read([], path), "wrong", path);
    equal(bearer(KEY, path), "wrong", path);
  }
});

Deno.test("readCredential() takes every header that can be sent, and finds only what is in it", () => {
  fc.assert(fc.property(fc.string(), fc.constantFrom("Bearer ", "bearer  ", ""), (text, scheme) => {
    let headers: Headers;
    try {
      headers = new Headers([["Authorization", scheme + text]]);
    } catch {
      return; // no such header can be sent
    }
    const found = readCredential({ headers, url: "http://h/mcp" });
    if (typeof found !== "string") equal(text.trim(), Object.values(found)[0]);
  }));
});
