import { ToolError } from "../config/tool_error.ts";
import { type Reach, reachOf, type Resolve } from "./reach.ts";
import { readBounded } from "./read_bounded.ts";
import type { Fetch } from "./oauth_context.ts";

export interface OAuthFetchOptions {
  /** The MCP server, which names the addresses and may be hostile. */
  server: URL;
  signal: AbortSignal;
  fetch?: Fetch;
  resolve?: Resolve;
  /** Of one request, its body included. @default 15,000 */
  timeoutMs?: number;
}

/** Documents and tokens take some kilobytes. */
const MAX_BYTES = 256 * 1024;
const NEARNESS: Reach[] = ["public", "network", "machine"];

/**
 * Fetches what belongs to a login: only what may be fetched ({@link checkAddress}), in bounded time and
 * size. Its errors are TypeErrors, as those of fetch: the SDK takes others for a missing document.
 */
export function oauthFetch(
  { server, signal, fetch = globalThis.fetch, resolve, timeoutMs = 15_000 }: OAuthFetchOptions,
): Fetch {
  return async (address, init) => {
    try {
      const url = new URL(address);
      await checkAddress(url, server, resolve);
      const limits = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
      const response = await fetch(url, { ...init, signal: limits });
      const bytes = await readBounded(response, MAX_BYTES);
      return new Response(bytes.length > 0 ? bytes : null, response);
    } catch (cause) {
      signal.throwIfAborted();
      throw cause instanceof TypeError ? cause : new TypeError(String(cause), { cause });
    }
  };
}

/**
 * An address that a server names is https, or http on this machine, without a password in it, and not
 * nearer to us than the server: a server somewhere on the Internet makes nobody ask a router. A name
 * that changes its address between this check and the request stays possible; over https it gains little.
 *
 * @throws {ToolError}
 */
export async function checkAddress(url: URL, server: URL, resolve?: Resolve): Promise<void> {
  const refused = (why: string) =>
    new ToolError(`Cannot log in to ${JSON.stringify(server.origin)}: it leads to ${why}`);
  const [there, here] = await Promise.all([reachOf(url, resolve), reachOf(server, resolve)]);
  const isSafe = url.protocol === "https:" || (url.protocol === "http:" && there === "machine");
  if (!isSafe) throw refused("an address that is not https");
  if (url.username || url.password) throw refused("an address with a password in it");
  if (NEARNESS.indexOf(there) > NEARNESS.indexOf(here)) throw refused("a private address");
}
