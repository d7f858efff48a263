import { showValue } from "./check_value.ts";
import { ToolError } from "./tool_error.ts";

const DEFAULT_PORT = "11434";
const SCHEME_PORTS = new Map([["http", "80"], ["https", "443"]]);

/**
 * The URL that Ollama's own programs take a value of OLLAMA_HOST for: `host`, `host:port`, `:port`,
 * `[::1]:port`, or one with a scheme, whose usual port then holds. The address that a server
 * listens on for all networks is that of this machine for us.
 *
 * @param shown how a message names it. @default itself, without credentials
 * @throws {ToolError} when it names no host and port
 */
export function ollamaUrl(text: string, shown = showValue(text)): string {
  const [, scheme = "http", rest = ""] = /^(?:(https?):\/\/)?(.*)$/i.exec(text.trim()) ?? [];
  const [address = "", ...path] = rest.split("/");
  const { host, port } = splitAddress(address);
  const usual = text.includes("://") ? SCHEME_PORTS.get(scheme.toLowerCase())! : DEFAULT_PORT;
  const url = URL.parse(`${scheme}://${toLocal(host)}:${port ?? usual}/${path.join("/")}`);
  if (!url || /[\s\p{Cc}]|:\/\//u.test(rest)) {
    throw new ToolError(`Cannot use OLLAMA_HOST: ${shown} is no address of a server`, {
      hint: "set it to something like 127.0.0.1:11434, or unset it",
    });
  }
  return url.href.replace(/\/+$/, "");
}

/** Credentials before an @ stay with the host; a bare IPv6 address has no port. */
function splitAddress(address: string): { host: string; port?: string } {
  if (/^[0-9a-f]*:[0-9a-f]*:[0-9a-f:.]*$/i.test(address)) return { host: `[${address}]` };
  const [, host = "", port] = /^(.*?)(?::([^:\]]*))?$/.exec(address) ?? [];
  return { host, port: port || undefined };
}

function toLocal(host: string): string {
  if (host === "[::]") return "[::1]";
  return ["", "0.0.0.0"].includes(host) ? "127.0.0.1" : host;
}
