import { deepEqual, equal, throws } from "node:assert/strict";
import { DEFAULTS } from "../../config/schema.ts";
import type { ServerConfig } from "../../config/config.ts";
import { ToolError } from "../../config/tool_error.ts";
import { readTokenSettings } from "./token_settings.ts";

type Auth = Partial<ServerConfig["auth"]>;

const env = (name: string) => ({ S31: "x".repeat(31), S32: "x".repeat(32) })[name];
const read = (auth: Auth) => readTokenSettings({ ...DEFAULTS.server.auth, ...auth }, env);

const JWKS = { jwks_url: "https://i.test/jwks" };
const SECRET = { jwt_secret_env: "S32" };
const AUDIENCE = { audience: "a" };
const RESOURCE = { resource_url: "https://d.test/mcp" };

Deno.test("readTokenSettings() reads what is complete", () => {
  equal(read({}), undefined);
  deepEqual(read({ ...SECRET, ...AUDIENCE }), {
    secret: new TextEncoder().encode("x".repeat(32)),
    algorithms: ["HS256"],
    audience: ["a"],
    issuer: [],
  });
  deepEqual(read({ ...JWKS, resource_url: "https://d.test", issuer: "i" }), {
    jwksUrl: new URL(JWKS.jwks_url),
    algorithms: ["RS256", "ES256"],
    audience: ["https://d.test", "https://d.test/"],
    issuer: ["i"],
  });
  const oauth = read({ ...JWKS, ...RESOURCE, authorization_servers: ["https://i.test/"] });
  deepEqual(oauth?.issuer, ["https://i.test/"]);
  deepEqual(oauth?.oauth, {
    resourceUrl: new URL(RESOURCE.resource_url),
    authorizationServers: ["https://i.test/"],
  });
  deepEqual(read({ ...JWKS, ...AUDIENCE, algorithms: ["EdDSA"] })?.algorithms, ["EdDSA"]);
  equal(read({ ...AUDIENCE, jwks_url: "http://127.0.0.1:1/k" })?.jwksUrl?.port, "1");
});

const BAD: [Auth, RegExp][] = [
  [{ ...SECRET }, /server\.auth\.audience: it is not set/],
  [{ ...JWKS }, /server\.auth\.audience: it is not set/],
  [{ ...JWKS, ...SECRET, ...AUDIENCE }, /jwt_secret_env: there is a jwks_url too/],
  [{ ...JWKS, ...AUDIENCE, algorithms: ["RS256", "HS256"] }, /algorithms: HS256/],
  [{ ...SECRET, ...AUDIENCE, algorithms: ["HS256", "RS256"] }, /algorithms: RS256/],
  [{ ...SECRET, ...AUDIENCE, algorithms: ["HS512"] }, /"S32": it has less than 64 bytes/],
  [{ ...AUDIENCE, jwt_secret_env: "S31" }, /"S31": it has less than 32 bytes/],
  [{ ...AUDIENCE, jwt_secret_env: "NONE" }, /"NONE": it is not set/],
  [{ ...AUDIENCE, jwks_url: "http://i.test/jwks" }, /jwks_url: it is on another machine/],
  [{ ...AUDIENCE, jwks_url: "HTTP://i.test/jwks" }, /jwks_url: it is on another machine/],
  [
    { ...JWKS, ...RESOURCE, authorization_servers: ["http://i.test"] },
    /authorization_servers: it is on another machine/,
  ],
  [{ ...JWKS, ...AUDIENCE, authorization_servers: ["https://i.test"] }, /resource_url is not set/],
  [{ issuer: "i" }, /server\.auth\.issuer: there is nothing to check tokens with/],
  [{ ...RESOURCE }, /resource_url: there is nothing/],
  [{ authorization_servers: ["https://i.test"] }, /authorization_servers: there is nothing/],
];

for (const [auth, message] of BAD) {
  Deno.test(`readTokenSettings() refuses ${JSON.stringify(auth)}`, () => {
    throws(() => read(auth), (error) => {
      return error instanceof ToolError && message.test(error.message) && !!error.hint &&
        !/x{31}/.test(error.message + error.hint);
    });
  });
}
