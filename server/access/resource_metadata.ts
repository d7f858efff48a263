import { getOAuthProtectedResourceMetadataUrl } from "@modelcontextprotocol/server";
import { SCOPES } from "../caller.ts";

/** What OAuth clients must know of us. */
export interface OAuthResource {
  /** Our public address; tokens are made for it. */
  resourceUrl: URL;
  /** Who makes them. */
  authorizationServers: string[];
}

/** Where RFC 9728's document about us is, for the world outside. */
export function metadataUrlOf({ resourceUrl }: OAuthResource): string {
  return getOAuthProtectedResourceMetadataUrl(resourceUrl);
}

const WELL_KNOWN = "/.well-known/oauth-protected-resource";

/** Serves RFC 9728's document about us; undefined for every other path. */
export function resourceMetadata(
  resource: OAuthResource,
): (request: Pick<Request, "url" | "method">) => Response | undefined {
  const own = new URL(metadataUrlOf(resource)).pathname;
  const paths = [WELL_KNOWN, `${WELL_KNOWN}/mcp`, own];
  const document = {
    resource: resource.resourceUrl.href,
    authorization_servers: resource.authorizationServers,
    scopes_supported: SCOPES,
    bearer_methods_supported: ["header"],
    resource_name: "devmcp",
  };
  return ({ url, method }) => {
    if (!url.includes(WELL_KNOWN) || !paths.includes(new URL(url).pathname)) return;
    if (method === "GET" || method === "HEAD") return Response.json(document);
    return new Response(null, { status: 405, headers: { allow: "GET, HEAD" } });
  };
}
