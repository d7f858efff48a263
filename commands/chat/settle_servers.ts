import { readDirectRequest } from "../../agent/understand/direct_request.ts";
import { readMessage } from "../../agent/understand/read_message.ts";
import { abortable } from "../../config/abortable.ts";
import { atMost } from "../../config/at_most.ts";
import type { McpHost } from "../../mcp_client/mcp_host.ts";

/** One from a registry is fetched first; one that says nothing in this time is not waited for. */
const PATIENCE_MS = 30_000;
/** `@server:uri`, perhaps in quotes. */
const RESOURCE = /@"?[\w-]+:/;

export interface SettleOptions {
  signal: AbortSignal;
  /** Told when somebody has to be waited for. */
  onWait(): void;
  /** Gets a line about each server that did not get there. */
  tell(line: string): void;
  /** @default 30 s */
  patienceMs?: number;
}

/**
 * Waits until a script's message finds the servers that it may need: all of them, unless our own tools
 * are all that it asks for.
 */
export async function settleServers(
  message: string,
  host: McpHost,
  { signal, onWait, tell, patienceMs = PATIENCE_MS }: SettleOptions,
): Promise<void> {
  await host.ready();
  if (!isAnyConnecting(host) || needsOnlyOurs(message, host)) return;
  onWait();
  // Stopped, the turn says so itself.
  await atMost(patienceMs, abortable(() => host.settled(), signal).catch(() => {}));
  if (signal.aborted) return;
  for (const { name, state } of host.servers()) {
    if (state === "connecting") tell(`${name}: not waited for any longer; it does not answer`);
  }
}

function isAnyConnecting(host: McpHost): boolean {
  return host.servers().some(({ state }) => state === "connecting");
}

function needsOnlyOurs(message: string, host: McpHost): boolean {
  if (message.startsWith("/") || RESOURCE.test(message)) return false;
  const ours = new Set(host.list().map(({ name }) => name).filter((name) => !name.includes(":")));
  return readDirectRequest(readMessage(message))?.every(({ tool }) => ours.has(tool)) ?? false;
}
