import {
  CLIENT_CAPABILITIES_META_KEY,
  type ClientCapabilities,
  type Server,
  type ServerContext,
} from "@modelcontextprotocol/server";

/** What the client of a request can do: said with the request, or when the connection began. */
export function clientCapabilities(
  { mcpReq }: ServerContext,
  server: Pick<Server, "getClientCapabilities">,
): ClientCapabilities {
  const envelope = mcpReq.envelope as Record<string, unknown> | undefined;
  const said = envelope?.[CLIENT_CAPABILITIES_META_KEY] as ClientCapabilities | undefined;
  return said ?? server.getClientCapabilities() ?? {};
}
