import { localhostAllowedHostnames, validateHostHeader } from "@modelcontextprotocol/server";
import { REFUSED, rpcError } from "./rpc_error.ts";

/** The response that refuses a request by its `Host`, or undefined. */
export type CheckHost = (request: Request, localAddress: string) => Response | undefined;

/** Hosts that were found to be ours are remembered, up to so many. */
const MOST_REMEMBERED = 256;

/**
 * Refuses a request whose `Host` is not ours: a web page whose name was made to lead here (DNS
 * rebinding) gives itself away by that name. Loopback's names and the address that the connection
 * came to cannot be taken that way.
 *
 * @param allowed names by which clients reach us, without ports
 */
export function createHostCheck(allowed: readonly string[]): CheckHost {
  const names = [...localhostAllowedHostnames(), ...allowed.map(inUrl)];
  const good = new Map<string, string>();

  return (request, localAddress) => {
    const header = request.headers.get("host");
    const key = `${header} ${localAddress}`;
    const known = good.get(key);
    if (known !== undefined) return checkTarget(request, header!, known);
    const found = validateHostHeader(header, [...names, inUrl(localAddress)]);
    if (!found.ok) return refuse(found.errorCode === "invalid_host" ? 403 : 400);
    if (good.size < MOST_REMEMBERED) good.set(key, found.hostname);
    return checkTarget(request, header!, found.hostname);
  };
}

/** As `URL` writes a host name: in lower case, IPv6 in brackets. */
function inUrl(name: string): string {
  return URL.parse(`http://${name.includes(":") && !name.startsWith("[") ? `[${name}]` : name}`)
    ?.hostname ?? name;
}

/** An absolute request target carries a host of its own. */
function checkTarget({ url }: Request, header: string, hostname: string): Response | undefined {
  if (url.startsWith(`http://${header}/`) || URL.parse(url)?.hostname === hostname) return;
  return refuse(400);
}

function refuse(status: 400 | 403): Response {
  return rpcError(status, REFUSED, "Cannot answer: the Host header names another server", {
    headers: { connection: "close" },
  });
}
