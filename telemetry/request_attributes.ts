import type { RequestEnded, RequestStarted } from "./sink.ts";
import { AS_NAMED, type Labels, mcpMethod } from "./labels.ts";

export type Attributes = Record<string, string | number>;

/** Without those that are not known. */
export function knownOnly(attributes: Record<string, string | number | undefined>): Attributes {
  for (const name in attributes) if (attributes[name] === undefined) delete attributes[name];
  return attributes as Attributes;
}

/** What OpenTelemetry's conventions for MCP say of a request, the same in metrics and traces. */
export function requestAttributes(
  { method, target, transport, protocolVersion }: RequestStarted | RequestEnded,
  labels: Labels = AS_NAMED,
): Attributes {
  const name = target === undefined ? undefined : labels.name(target);
  return knownOnly({
    "mcp.method.name": mcpMethod(method),
    "mcp.protocol.version": protocolVersion === undefined
      ? undefined
      : labels.version(protocolVersion),
    "gen_ai.operation.name": method === "tools/call" ? "execute_tool" : undefined,
    "gen_ai.tool.name": method === "tools/call" ? name : undefined,
    "gen_ai.prompt.name": method === "prompts/get" ? name : undefined,
    "network.transport": networkTransport(transport),
    "network.protocol.name": transport === "http" ? "http" : undefined,
  });
}

/** What they say of how it ended; nothing of one that went well. */
export function endAttributes({ outcome, errorCode }: RequestEnded): Attributes {
  switch (outcome) {
    case "ok":
    case "input_required":
      return {};
    case "error":
      return { "error.type": `${errorCode}`, "rpc.response.status_code": `${errorCode}` };
    default:
      return { "error.type": outcome };
  }
}

export function networkTransport(transport: "stdio" | "http"): "pipe" | "tcp" {
  return transport === "stdio" ? "pipe" : "tcp";
}
