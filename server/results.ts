import type { CallToolResult, Resource } from "@modelcontextprotocol/server";
import { type Caller, LOCAL } from "./caller.ts";
import { type Contents, type Provider, sizeOf } from "./resources/provider.ts";
import { formatResourceUri } from "./resources/resource_uri.ts";

/** Keeps the last results of calls, for `results://…`. */
export interface ResultStore {
  /** Keeps a result of `tool` and gives its URI; undefined where it is too large to keep. */
  remember(tool: string, result: CallToolResult, caller: Caller): string | undefined;
}

export interface ResultLimits {
  /** In the list of one client. @default 50 */
  results?: number;
  /** Of all clients. @default 1000 */
  total?: number;
  /** Bytes of all. @default 16 MiB */
  bytes?: number;
  /** Bytes of one. @default 1 MiB */
  bytesOfOne?: number;
}

const MEBIBYTE = 1024 * 1024;

interface Result {
  tool: string;
  text: string;
  mimeType: string;
  size: number;
  at: Date;
  /** Later ones have higher numbers. */
  number: number;
  /** Whose requests may read it. */
  principal: string;
  /** Whose list it is in; undefined: nobody's. */
  owner?: string;
}

/** The results of calls, the latest used ones; who reads one must know its name. */
export function createResults(limits: ResultLimits = {}): ResultStore & Provider {
  const store = new Store(limits);
  const listeners = new Map<string, Set<() => void>>();
  return {
    scheme: "results",
    remember: (tool, result, caller) => {
      const kept = toResult(tool, result, caller);
      const id = store.add(kept);
      if (id === undefined) return;
      listeners.get(kept.owner ?? "")?.forEach((tell) => tell());
      return uriOf(id);
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

/** In the order of use, so that the first is the one to go. */
class Store {
  readonly #results = new Map<string, Result>();
  /** Those of each list, in the same order. */
  readonly #lists = new Map<string, Set<string>>();
  readonly #limits: Required<ResultLimits>;
  #bytes = 0;
  #number = 0;

  constructor(limits: ResultLimits) {
    const { results = 50, total = 1000, bytes = 16 * MEBIBYTE, bytesOfOne = MEBIBYTE } = limits;
    this.#limits = { results, total, bytes, bytesOfOne };
  }

  add(given: Omit<Result, "number">): string | undefined {
    const result = { ...given, number: this.#number++ };
    if (result.size > Math.min(this.#limits.bytesOfOne, this.#limits.bytes)) return;
    const id = crypto.getRandomValues(new Uint8Array(16)).toHex();
    this.#results.set(id, result);
    this.#bytes += result.size;
    if (result.owner !== undefined) this.#list(result.owner, id);
    this.#trim();
    return id;
  }

  /** One client that calls much takes nothing from the others. */
  #list(owner: string, id: string): void {
    const own = this.#lists.get(owner) ?? new Set();
    this.#lists.set(owner, own.add(id));
    const [first] = own;
    if (own.size > this.#limits.results) this.#delete(first!);
  }

  #trim(): void {
    for (const [id] of this.#results) {
      if (this.#results.size <= this.#limits.total && this.#bytes <= this.#limits.bytes) return;
      this.#delete(id);
    }
  }

  #delete(id: string): void {
    const { size, owner = "" } = this.#results.get(id)!;
    this.#bytes -= size;
    this.#results.delete(id);
    const own = this.#lists.get(owner);
    own?.delete(id);
    if (own?.size === 0) this.#lists.delete(owner);
  }

  /** The newest first. */
  of(owner: string | undefined): [string, Result][] {
    const own = [...this.#lists.get(owner ?? "") ?? []];
    return own.map((id): [string, Result] => [id, this.#results.get(id)!])
      .sort(([, a], [, b]) => b.number - a.number);
  }

  read(id: string, principal: string): Contents | undefined {
    const result = this.#results.get(id);
    if (result?.principal !== principal) return;
    this.#results.delete(id);
    this.#results.set(id, result);
    const own = this.#lists.get(result.owner ?? "");
    if (own?.delete(id)) own.add(id);
    return [{ uri: uriOf(id), mimeType: result.mimeType, text: result.text }];
  }
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

function uriOf(id: string): string {
  return formatResourceUri({ scheme: "results", name: id });
}

function describe([id, { tool, mimeType, size, at }]: [string, Result]): Resource {
  return {
    uri: uriOf(id),
    name: `${tool}-${id.slice(0, 8)}`,
    title: `Result of ${tool}`,
    description: `What ${tool} gave at ${at.toISOString()}.`,
    mimeType,
    size,
    annotations: { audience: ["assistant", "user"], priority: 0.6, lastModified: at.toISOString() },
  };
}
