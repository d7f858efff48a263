import { createMcpHandler, type McpHttpHandler } from "@modelcontextprotocol/server";
import type { Principal } from "../caller.ts";
import { plainPart } from "../error_trace.ts";
import type { Exchanges } from "./exchanges.ts";
import type { HttpOptions } from "./http_options.ts";
import { type IncomingMessage, methodOf } from "./incoming.ts";
import type { OpenStreams } from "./open_streams.ts";

type ModernOptions = Pick<
  HttpOptions,
  "config" | "createServer" | "emit" | "resources" | "prompts"
>;

/** `/mcp` for clients since 2026-07-28: each request stands for itself. */
export class ModernEndpoint {
  readonly #handler: McpHttpHandler;
  readonly #exchanges: Exchanges;
  readonly #streams: OpenStreams;
  readonly #prepare: () => Promise<void>;
  readonly #unwatch: (() => void)[];

  constructor(options: ModernOptions, exchanges: Exchanges, streams: OpenStreams) {
    this.#handler = createHandler(options);
    this.#exchanges = exchanges;
    this.#streams = streams;
    this.#unwatch = tellChanges(options, this.#handler);
    this.#prepare = async () => await options.resources?.prepare();
  }

  async answer(incoming: IncomingMessage): Promise<Response> {
    const { request, message, id, principal, peer } = incoming;
    const extra = { principal };
    const authInfo = { token: "", clientId: principal.id, scopes: [...principal.scopes], extra };
    const work = () => this.#handler.fetch(request, { parsedBody: message, authInfo });
    if (methodOf(message) === "subscriptions/listen") {
      await this.#prepare();
      return await this.#streams.answer(incoming, { id }, work);
    }
    return await this.#exchanges.answer({ id, peer }, work());
  }

  async close(): Promise<void> {
    this.#unwatch.forEach((stop) => stop());
    await this.#handler.close();
  }
}

function createHandler({ config, createServer, emit }: ModernOptions): McpHttpHandler {
  return createMcpHandler(({ authInfo }) => {
    const { principal } = authInfo!.extra as { principal: Principal };
    return createServer({ principal, transport: "http" });
  }, {
    legacy: "reject",
    maxSubscriptions: config.limits.connections,
    onerror: ({ message }) => emit({ type: "message", level: "debug", text: plainPart(message) }),
  });
}

/** The servers of sessions watch for themselves; here there is none between requests. */
function tellChanges(
  { resources, prompts }: ModernOptions,
  { notify }: McpHttpHandler,
): (() => void)[] {
  const stops = [
    resources?.watch((change) =>
      change.kind === "list" ? notify.resourcesChanged() : notify.resourceUpdated(change.uri)
    ),
    prompts?.watch(() => notify.promptsChanged()),
  ];
  return stops.filter((stop) => stop !== undefined);
}
