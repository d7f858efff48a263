import type {
  Prompt,
  Resource,
  ResourceTemplateType,
  ServerCapabilities,
  Tool,
} from "@modelcontextprotocol/client";
import { ProtocolError, ProtocolErrorCode } from "@modelcontextprotocol/client";
import { oneLine } from "../../config/one_line.ts";
import type { ServerLink } from "../../mcp_client/server_link.ts";

/** All that a server offers. Every text is its own, and hostile. */
export interface ServerOffer {
  server: { name: string; title: string; version: string };
  /** The revision that was agreed on. */
  protocol: string;
  /** `legacy`: up to 2025-11-25, with sessions; `modern`: from 2026-07-28. */
  era: "legacy" | "modern";
  capabilities: ServerCapabilities;
  instructions: string;
  /** From a question to its answer. */
  roundTripMs: number;
  tools: Tool[];
  prompts: Prompt[];
  resources: Resource[];
  templates: ResourceTemplateType[];
}

const MAX_INSTRUCTIONS = 100_000;

/** Asks for everything, list by list. @throws what the connection throws */
export async function readOffer(link: ServerLink, signal: AbortSignal): Promise<ServerOffer> {
  const { client } = link.open;
  const started = performance.now();
  const tools = await link.listTools(signal);
  const roundTripMs = Math.round((performance.now() - started) * 10) / 10;
  const { name = "", title = "", version = "" } = client.getServerVersion() ?? {};
  return {
    server: {
      name: oneLine(name, 100),
      title: oneLine(title, 100),
      version: oneLine(version, 100),
    },
    protocol: client.getNegotiatedProtocolVersion() ?? "",
    era: client.getProtocolEra() === "modern" ? "modern" : "legacy",
    capabilities: client.getServerCapabilities() ?? {},
    instructions: (client.getInstructions() ?? "").slice(0, MAX_INSTRUCTIONS),
    roundTripMs,
    tools,
    prompts: await link.listPrompts(signal),
    resources: await link.listResources(signal),
    templates: await orNone(link.listTemplates(signal)),
  };
}

/** Who has resources need not have templates; the protocol knows no way to say so. */
async function orNone<T>(list: Promise<T[]>): Promise<T[]> {
  try {
    return await list;
  } catch (error) {
    const isUnknown = error instanceof ProtocolError &&
      error.code === ProtocolErrorCode.MethodNotFound;
    if (isUnknown) return [];
    throw error;
  }
}
