import { type Principal, type Scope, SCOPES } from "../caller.ts";

/** What answers to those who may not call have in common. */
export interface Challenge {
  /** Where OAuth clients learn who gives tokens for us. Absent: nobody does. */
  metadataUrl?: string;
}

/**
 * 401, the same for every reason, so that nobody learns by trying.
 *
 * @param wasSent whether there was a key or token at all
 */
export function unauthorized({ metadataUrl }: Challenge, wasSent: boolean): Response {
  const error = wasSent ? "invalid_token" : undefined;
  const scope = metadataUrl && SCOPES[0];
  const parameters = { error, scope, resource_metadata: metadataUrl };
  return answer(401, parameters, { error: "unauthorized" });
}

/** 403, with all scopes that a new token should have: those of this one and the one that is missing. */
export function insufficientScope(
  { metadataUrl }: Challenge,
  { scopes }: Pick<Principal, "scopes">,
  needed: Scope,
): Response {
  const scope = SCOPES.filter((one) => one === needed || scopes.includes(one)).join(" ");
  const error = "insufficient_scope";
  const parameters = { error, scope, resource_metadata: metadataUrl };
  return answer(403, parameters, { error, error_description: `this needs the scope ${needed}` });
}

/** 503: what tokens are checked with cannot be had. A client must not throw its token away for that. */
export function cannotCheck(retryAfterSeconds: number): Response {
  return Response.json({ error: "temporarily_unavailable" }, {
    status: 503,
    headers: { "retry-after": `${retryAfterSeconds}`, "cache-control": "no-store" },
  });
}

/** RFC 6750: the values are quoted, and none of ours has a quote or a backslash. */
function answer(
  status: number,
  parameters: Record<string, string | undefined>,
  body: Record<string, string>,
): Response {
  const list = Object.entries({ realm: "devmcp", ...parameters })
    .flatMap(([name, value]) => value === undefined ? [] : [`${name}="${value}"`]);
  return Response.json(body, {
    status,
    headers: { "www-authenticate": `Bearer ${list.join(", ")}`, "cache-control": "no-store" },
  });
}
