import {
  type AuthorizationServerMetadata,
  checkResourceAllowed,
  discoverAuthorizationServerMetadata,
  discoverOAuthProtectedResourceMetadata,
  type OAuthProtectedResourceMetadata,
} from "@modelcontextprotocol/client";
import { cannotLogIn } from "./cannot_log_in.ts";
import type { Challenge, Fetch } from "./oauth_context.ts";

/** Who lets people and clients in at an MCP server. */
export interface Authorization {
  /** Of the authorization server. */
  url: string;
  issuer: string;
  /** Missing for servers of 2025-03-26, whose endpoints have fixed names. */
  metadata?: AuthorizationServerMetadata;
  /** What tokens are to be good for (RFC 8707), as the server writes it. */
  resource?: string;
  /** What the server has to allow, if it says so. */
  scopes?: string[];
}

/**
 * Finds a server's authorization server (RFC 9728, RFC 8414, OpenID Connect); where the server names
 * none it is its own, as in 2025-03-26.
 *
 * @throws when a document is not there in time, is not valid or belongs to someone else
 */
export async function discoverAuthorization(
  server: URL,
  { resourceMetadataUrl }: Partial<Challenge>,
  fetch: Fetch,
): Promise<Authorization> {
  const resource = await discoverResource(server, resourceMetadataUrl, fetch);
  const url = resource?.authorization_servers?.[0] ?? new URL("/", server).href;
  const metadata = await discoverAuthorizationServerMetadata(url, { fetchFn: fetch });
  return {
    url,
    issuer: metadata?.issuer ?? url,
    metadata,
    resource: resource?.resource,
    scopes: resource?.scopes_supported,
  };
}

async function discoverResource(
  server: URL,
  resourceMetadataUrl: URL | undefined,
  fetch: Fetch,
): Promise<OAuthProtectedResourceMetadata | undefined> {
  const metadata = await discoverOAuthProtectedResourceMetadata(
    server,
    { resourceMetadataUrl },
    fetch,
  ).catch((error) => {
    if (error instanceof TypeError) throw error;
    return undefined; // there is no such document
  });
  if (metadata && !isFor(server, metadata.resource)) {
    const problem = `it names another resource, ${JSON.stringify(metadata.resource)}`;
    throw cannotLogIn(server, problem);
  }
  return metadata;
}

/** Else a token for somebody else's server would be asked for, and then given to this one. */
function isFor(server: URL, resource: string): boolean {
  return checkResourceAllowed({ requestedResource: server, configuredResource: resource });
}
