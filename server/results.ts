import type { CallToolResult, Resource } from "@modelcontextprotocol/server";
import { type Caller, LOCAL } from "./caller.ts";
import { KeptResults, type Result, type ResultLimits, resultUri } from "./kept_results.ts";
import { type Provider, sizeOf } from "./resources/provider.ts";

/** Keeps the last results of calls, for `results://…`. */
export interface ResultStore {
  /** Keeps a result of `tool` and gives its URI; undefined where it is too large to keep. */
  remember(tool: string, result: CallToolResult, caller: Caller): string | undefined;
}

/** The results of calls, the latest used ones; who reads one must know its name. */
export function createResults(limits: ResultLimits = {}): ResultStore & Provider {
  const store = new KeptResults(limits);
  const listeners = new Map<string, Set<() => void>>();
  return {
    scheme: "results",
    remember: (tool, result, caller) => {
      const kept = toResult(tool, result, caller);
      const id = store.add(kept);
      if (id === undefined) return;
      listeners.get(kept.owner ?? "")?.forEach((tell) => tell());
      return resultUri(id);
    },
    list: (caller) => Promise.resolve(store.of(ownerOf(caller)).map(describe)),
    template: {
      uriTemplate: "results://{id}",
      name: "result",
      title: "Result of an earlier call",
      description: "The last results of this client's calls, while they are kept.",
      annotations: { audience: ["assistant", "user"], priority: 0.6 },
    },
    read: ({ name, part }, { principal }) =>
      Promise.resolve(part === undefined ? store.read(name, principal.id) : undefined),
    values: (caller) => Promise.resolve(store.of(ownerOf(caller)).map(([id]) => id)),
    watch: (listener, caller) => {
      const owner = caller && ownerOf(caller);
      if (owner === undefined) return () => {};
      const own = listeners.get(owner) ?? new Set();
      listeners.set(owner, own);
      const tell = () => listener({ kind: "list" });
      own.add(tell);
      return () => {
        own.delete(tell);
        if (own.size === 0 && listeners.get(owner) === own) listeners.delete(owner);
      };
    },
  };
}

/** A session, the one client on stdio, or a key; whoever needs none has no list without a session. */
function ownerOf({ principal, transport, sessionId }: Caller): string | undefined {
  if (sessionId !== undefined) return JSON.stringify(["session", principal.id, sessionId]);
  if (transport === "stdio") return "stdio";
  return principal.id === LOCAL.id ? undefined : JSON.stringify(["key", principal.id]);
}

function toResult(tool: string, given: CallToolResult, caller: Caller): Omit<Result, "number"> {
  const { structuredContent, content } = given;
  const text = structuredContent
    ? JSON.stringify(structuredContent)
    : content.map((block) => block.type === "text" ? block.text : "").filter(Boolean).join("\n\n");
  return {
    tool,
    text,
    mimeType: structuredContent ? "application/json" : "text/markdown",
    size: sizeOf(text),
    at: new Date(),
    principal: caller.principal.id,
    owner: ownerOf(caller),
  };
}

function describe([id, { tool, mimeType, size, at }]: [string, Result]): Resource {
  return {
    uri: resultUri(id),
    name: `${tool}-${id.slice(0, 8)}`,
    title: `Result of ${tool}`,
    description: `What ${tool} gave at ${at.toISOString()}.`,
    mimeType,
    size,
    annotations: { audience: ["assistant", "user"], priority: 0.6, lastModified: at.toISOString() },
  };
}
