import { ProtocolError, ProtocolErrorCode } from "@modelcontextprotocol/server";
import type { Caller } from "./caller.ts";
import type { DevmcpServer } from "./devmcp_server.ts";
import { everySoOften } from "./every_so_often.ts";
import type { PromptCatalog } from "./prompt_catalog.ts";
import { readResource } from "./read_resource.ts";
import type { Resources } from "./resources.ts";

/** Resources that one client is told of at most. */
const MOST_SUBSCRIPTIONS = 1024;
/** Between two notices that a list has changed, in milliseconds. */
const LIST_PAUSE_MS = 1000;

interface Changing {
  prompts?: PromptCatalog;
  resources?: Resources;
  caller: Caller;
}

/**
 * Tells the client what changes, from its first word until the connection ends. Clients up to
 * 2025-11-25 subscribe to resources here; later ones to whatever they like, at the transport, which
 * drops what they did not ask for.
 */
export function serveChanges(server: DevmcpServer, changing: Changing): void {
  const subscribed = new Set<string>();
  serveSubscriptions(server, changing, subscribed);
  const start = () => {
    server.oninitialized = undefined;
    watch(server, changing, subscribed).forEach((end) => server.atClose(end));
  };
  server.oninitialized = start;
  // Over HTTP later clients are told by what serves all of them.
  if (changing.caller.transport === "http") return;
  server.atConnect(() => server.servesListeners && start());
}

function serveSubscriptions(
  server: DevmcpServer,
  { resources, caller }: Changing,
  subscribed: Set<string>,
): void {
  if (!resources) return;
  server.setRequestHandler("resources/subscribe", async ({ params: { uri } }) => {
    await readResource(resources, uri, caller);
    await resources.prepare();
    if (subscribed.size >= MOST_SUBSCRIPTIONS && !subscribed.has(uri)) {
      throw new ProtocolError(
        ProtocolErrorCode.InvalidParams,
        `Cannot subscribe: ${MOST_SUBSCRIPTIONS} subscriptions are the most`,
      );
    }
    subscribed.add(uri);
    return {};
  });
  server.setRequestHandler("resources/unsubscribe", ({ params: { uri } }) => {
    subscribed.delete(uri);
    return {};
  });
}

/** Gives what ends it. */
function watch(
  server: DevmcpServer,
  { prompts, resources, caller }: Changing,
  subscribed: Set<string>,
): (() => void)[] {
  const quietly = (notice: Promise<void>) => void notice.catch(() => {});
  const toldPrompts = everySoOften(LIST_PAUSE_MS, () => quietly(server.sendPromptListChanged()));
  const toldResources = everySoOften(
    LIST_PAUSE_MS,
    () => quietly(server.sendResourceListChanged()),
  );
  const ends = [toldPrompts.end, toldResources.end];
  if (prompts) ends.push(prompts.watch(toldPrompts.tell));
  if (!resources) return ends;
  const isWanted = (uri: string) => subscribed.has(uri) || server.servesListeners;
  return [
    ...ends,
    resources.watch((change) => {
      if (change.kind === "list") toldResources.tell();
      else if (isWanted(change.uri)) quietly(server.sendResourceUpdated({ uri: change.uri }));
    }, caller),
  ];
}
