import { localhostAllowedHostnames, validateHostHeader } from "@modelcontextprotocol/server";
import { REFUSED, rpcError } from "./rpc_error.ts";

/**
 * Refuses a request whose `Host` is not ours: a web page whose name was made to lead here (DNS
 * rebinding) gives itself away by that name. Loopback's names and the address that the connection
 * came to cannot be taken that way.
 *
 * @param allowed names by which clients reach us, without ports
 * @returns the response that refuses, or undefined
 */
export function checkHost(
  request: Request,
  allowed: readonly string[],
  localAddress?: string,
): Response | undefined {
  const names = [...localhostAllowedHostnames(), ...allowed.map(inUrl)];
  if (localAddress !== undefined) names.push(inUrl(localAddress));
  const header = request.headers.get("host");
  const found = validateHostHeader(header, names);
  if (found.ok) return isSameHost(request, found.hostname) ? undefined : refuse(400);
  return refuse(found.errorCode === "invalid_host" ? 403 : 400);
}

/** As `URL` writes a host name: in lower case, IPv6 in brackets. */
function inUrl(name: string): string {
  return URL.parse(`http://${name.includes(":") && !name.startsWith("[") ? `[${name}]` : name}`)
    ?.hostname ?? name;
}

/** An absolute request target carries a host of its own. */
function isSameHost(request: Request, hostname: string): boolean {
  return URL.parse(request.url)?.hostname === hostname;
}

function refuse(status: 400 | 403): Response {
  return rpcError(status, REFUSED, "Cannot answer: the Host header names another server", {
    headers: { connection: "close" },
  });
}
