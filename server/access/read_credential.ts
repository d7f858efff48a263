import { KEY_PREFIX } from "./api_key.ts";

/** What a request shows for who sends it. `wrong`: something that is no way to show it. */
export type Credential = "none" | "wrong" | { key: string } | { token: string };

/** The longest token that is looked at; identity providers with many groups reach some 4 KiB. */
const MAX_TOKEN = 8192;

/** At most as long as it could be; who it is for is asked later. */
const API_KEY = new RegExp(`^${KEY_PREFIX}[\\w-]{1,128}$`);

/** RFC 6750's b64token, one of it: two headers of one name arrive as one, with a comma between. */
const BEARER = /^bearer +([\w.~+/-]+=*)$/i;

/** An address ends up in logs and histories: what is secret there is not taken, however good it is. */
const IN_QUERY = new Set([
  "access_token",
  "api_key",
  "apikey",
  "auth",
  "authorization",
  "bearer",
  "id_token",
  "jwt",
  "key",
  "token",
  "x_api_key",
]);

/** Reads the one key or token that a request has in its headers. */
export function readCredential({ headers, url }: Pick<Request, "headers" | "url">): Credential {
  const [authorization, apiKey] = [headers.get("authorization"), headers.get("x-api-key")];
  if (hasSecretInQuery(url)) return "wrong";
  if (authorization !== null && apiKey !== null) return "wrong";
  if (apiKey !== null) return API_KEY.test(apiKey) ? { key: apiKey } : "wrong";
  if (authorization === null) return "none";
  if (authorization.length > 2 * MAX_TOKEN) return "wrong";
  const token = BEARER.exec(authorization)?.[1];
  if (token === undefined || token.length > MAX_TOKEN) return "wrong";
  return token.startsWith(KEY_PREFIX) ? { key: token } : { token };
}

function hasSecretInQuery(url: string): boolean {
  if (!url.includes("?")) return false;
  return [...new URL(url).searchParams].some(([name, value]) =>
    IN_QUERY.has(name.trim().toLowerCase().replaceAll("-", "_")) || value.startsWith(KEY_PREFIX)
  );
}
