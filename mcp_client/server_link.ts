import {
  type CallToolResult,
  type Client,
  type Prompt,
  type RequestOptions,
  type Resource,
  type ResourceTemplateType,
  StreamableHTTPClientTransport,
  type Tool,
} from "@modelcontextprotocol/client";
import type { ToolCallOptions } from "../agent/execute/toolbox.ts";
import { atMost } from "../config/at_most.ts";
import { type CallClock, startCallClock } from "./call_clock.ts";
import type { ListKind } from "./create_client.ts";
import { hasValidHeaders } from "./header_declarations.ts";
import { listPages, type Page } from "./list_pages.ts";
import type { OpenClient } from "./open_client.ts";
import { MAX_TOOLS } from "./read_tools.ts";

const MAX_PROMPTS = 200;
const MAX_RESOURCES = 1000;
/** A call with progress may take this many times its time. */
const MAX_EXTENSIONS = 10;
/** The SDK's own timers are not used: they go on while the person is asked. */
const NEVER_MS = 2 ** 31 - 1;
/** What the end of a session may take, in milliseconds. */
const GOODBYE_MS = 1000;

type FetchPage<T> = (
  client: Client,
  params: { cursor?: string },
  options: RequestOptions,
) => Promise<Page<T>>;

/** What goes over one connection. Everything rejects with what the SDK throws. */
export class ServerLink {
  readonly open: OpenClient;
  readonly #timeoutMs: number;
  readonly #clocks = new Set<CallClock>();

  constructor(open: OpenClient, { timeoutMs }: { timeoutMs: number }) {
    this.open = open;
    this.#timeoutMs = timeoutMs;
  }

  /** Those that it may offer here, at most 1,000. */
  async listTools(signal: AbortSignal): Promise<Tool[]> {
    const tools = await this.#list("tools", MAX_TOOLS, signal, async (client, params, options) => {
      const page = await client.request({ method: "tools/list", params }, options);
      return { items: page.tools, next: page.nextCursor };
    });
    const isModern = this.open.client.getProtocolEra() === "modern";
    return isModern ? tools.filter(({ inputSchema }) => hasValidHeaders(inputSchema)) : tools;
  }

  listPrompts(signal: AbortSignal): Promise<Prompt[]> {
    return this.#list("prompts", MAX_PROMPTS, signal, async (client, params, options) => {
      const page = await client.request({ method: "prompts/list", params }, options);
      return { items: page.prompts, next: page.nextCursor };
    });
  }

  listResources(signal: AbortSignal): Promise<Resource[]> {
    return this.#list("resources", MAX_RESOURCES, signal, async (client, params, options) => {
      const page = await client.request({ method: "resources/list", params }, options);
      return { items: page.resources, next: page.nextCursor };
    });
  }

  listTemplates(signal: AbortSignal): Promise<ResourceTemplateType[]> {
    return this.#list("resources", MAX_RESOURCES, signal, async (client, params, options) => {
      const page = await client.request({ method: "resources/templates/list", params }, options);
      return { items: page.resourceTemplates, next: page.nextCursor };
    });
  }

  getPrompt(name: string, args: Record<string, string>, signal: AbortSignal) {
    const { client } = this.open;
    return this.#timed(
      signal,
      (signal) => client.getPrompt({ name, arguments: args }, { signal, timeout: NEVER_MS }),
    );
  }

  readResource(uri: string, signal: AbortSignal) {
    const { client } = this.open;
    return this.#timed(
      signal,
      (signal) => client.readResource({ uri }, { signal, timeout: NEVER_MS, cacheMode: "bypass" }),
    );
  }

  /** @param definition the tool's, without what the SDK would judge results by */
  callTool(
    definition: Tool,
    args: Record<string, unknown>,
    { signal, onProgress }: ToolCallOptions,
  ): Promise<CallToolResult> {
    const { client } = this.open;
    return this.#timed(
      signal,
      (signal, clock) =>
        client.callTool({ name: definition.name, arguments: args }, {
          signal,
          timeout: NEVER_MS,
          toolDefinition: definition,
          onprogress({ progress, total, message }) {
            clock.touch();
            onProgress?.(progress, total, message);
          },
        }),
    );
  }

  /** Stops the clocks of all calls while the person is asked for their sake. */
  async pauseWhile<T>(work: () => Promise<T>): Promise<T> {
    const clocks = [...this.#clocks];
    for (const clock of clocks) clock.pause();
    try {
      return await work();
    } finally {
      for (const clock of clocks) if (this.#clocks.has(clock)) clock.resume();
    }
  }

  /** A server over HTTP is told, so that it can forget the session. */
  async close(): Promise<void> {
    const { client } = this.open;
    const { transport } = client;
    if (transport instanceof StreamableHTTPClientTransport && transport.sessionId) {
      await atMost(GOODBYE_MS, transport.terminateSession()).catch(() => {});
    }
    await client.close();
  }

  /** The SDK's own `listTools` joins pages without a bound, and writes to the console. */
  async #list<T>(
    kind: ListKind,
    max: number,
    signal: AbortSignal,
    fetchPage: FetchPage<T>,
  ): Promise<T[]> {
    const { client } = this.open;
    if (!client.getServerCapabilities()?.[kind]) return [];
    const late = AbortSignal.timeout(this.#timeoutMs);
    const options = { signal: AbortSignal.any([signal, late]), timeout: this.#timeoutMs };
    return await listPages(
      (cursor) => fetchPage(client, cursor === undefined ? {} : { cursor }, options),
      max,
    );
  }

  async #timed<T>(
    signal: AbortSignal,
    work: (signal: AbortSignal, clock: CallClock) => Promise<T>,
  ): Promise<T> {
    const idleMs = this.#timeoutMs;
    const clock = startCallClock({ idleMs, totalMs: MAX_EXTENSIONS * idleMs });
    this.#clocks.add(clock);
    try {
      return await work(AbortSignal.any([signal, clock.signal]), clock);
    } catch (error) {
      signal.throwIfAborted();
      throw clock.signal.aborted ? clock.signal.reason : error;
    } finally {
      clock.stop();
      this.#clocks.delete(clock);
    }
  }
}
