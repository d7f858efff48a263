import type { Env } from "./folders.ts";

const PROXIES = [
  "http_proxy",
  "HTTP_PROXY",
  "https_proxy",
  "HTTPS_PROXY",
  "all_proxy",
  "ALL_PROXY",
];
const THIS_MACHINE = ["localhost", "localhost.", "127.0.0.0/8", "::1"];

/**
 * What NO_PROXY must be, before anything is fetched, for servers on this machine to be reached without
 * the environment's proxy, which could not reach them and need not hear of them. Undefined where there
 * is no proxy.
 */
export function noProxy(env: Env): string | undefined {
  if (!PROXIES.some((name) => env(name))) return undefined;
  const others = env("NO_PROXY") || env("no_proxy");
  return [...others ? [others] : [], ...THIS_MACHINE].join(",");
}

/** Whether a server's URL is on this machine. */
export function isOnThisMachine(url: string): boolean {
  const host = URL.parse(url)?.hostname ?? "";
  return host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host) || /^(.+\.)?localhost\.?$/.test(host);
}
