/** Ollama's own port, for a host without a scheme, as OLLAMA_HOST has it. */
const OLLAMA_PORT = "11434";
const USUAL_PORTS = new Map([["http", "80"], ["https", "443"]]);

/**
 * The URL of a server as Ollama takes it: `host`, `host:port`, `:port`, `[::1]:port`, a bare IPv6 address,
 * or one with a scheme, whose usual port then holds. The address on which a server listens for all
 * networks is that of this machine for us. Undefined for anything else, other schemes included.
 */
export function serverUrl(text: string): URL | undefined {
  const [, scheme, rest = ""] = /^(?:(https?):\/\/)?(.*)$/is.exec(text.trim())!;
  if (rest === "" || /[\s\p{Cc}]|:\/\//u.test(rest)) return undefined;
  const [, address = "", path = ""] = /^([^/?#]*)(.*)$/s.exec(rest)!;
  const { host, port } = splitAddress(address);
  const usual = scheme === undefined ? OLLAMA_PORT : USUAL_PORTS.get(scheme.toLowerCase());
  return URL.parse(`${scheme ?? "http"}://${toLocal(host)}:${port ?? usual}${path}`) ?? undefined;
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
