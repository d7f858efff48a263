import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import { isOnThisMachine } from "../config/this_machine.ts";

/** How near a host is: anywhere, in a private network, this machine itself. */
export type Reach = "public" | "network" | "machine";

/** The addresses of a host name. */
export type Resolve = (host: string) => Promise<string[]>;

const MACHINE = blockList([
  ["0.0.0.0", 8],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16], // where clouds tell secrets
  ["::", 127],
  ["fe80::", 10],
]);
const NETWORK = blockList([
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
  ["fc00::", 7],
  ["64:ff9b::", 96],
  ["ff00::", 8],
]);

/**
 * How near the host of a URL is; the nearest counts where its name has several addresses. A name that
 * cannot be resolved is public: nothing is there, or a proxy knows.
 */
export async function reachOf(url: URL, resolve: Resolve = resolveName): Promise<Reach> {
  if (isOnThisMachine(url.href)) return "machine";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const addresses = isIP(host) ? [host] : await resolve(host).catch(() => []);
  if (addresses.some((one) => has(MACHINE, one))) return "machine";
  return addresses.some((one) => has(NETWORK, one)) ? "network" : "public";
}

async function resolveName(host: string): Promise<string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

function has(list: BlockList, address: string): boolean {
  return list.check(address, familyOf(address));
}

function blockList(subnets: [address: string, bits: number][]): BlockList {
  const list = new BlockList();
  for (const [address, bits] of subnets) list.addSubnet(address, bits, familyOf(address));
  return list;
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 6 ? "ipv6" : "ipv4";
}
