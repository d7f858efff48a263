import { ToolError } from "../../config/tool_error.ts";

/** PEM texts. */
export interface Tls {
  cert: string;
  key: string;
}

export interface ListenOptions {
  hostname: string;
  port: number;
  tls?: Tls;
}

export type Listener = Deno.TcpListener | Deno.TlsListener;

/** @throws {ToolError} where the address cannot be had, or the certificate and its key do not fit */
export function listen({ hostname, port, tls }: ListenOptions): Listener {
  try {
    if (!tls) return Deno.listen({ hostname, port });
    return Deno.listenTls({ hostname, port, ...tls, alpnProtocols: ["h2", "http/1.1"] });
  } catch (error) {
    throw explain(error, hostname, port);
  }
}

function explain(error: unknown, hostname: string, port: number): ToolError {
  const address = JSON.stringify(
    hostname.includes(":") ? `[${hostname}]:${port}` : `${hostname}:${port}`,
  );
  const cannot = (why: string, hint: string) =>
    new ToolError(`Cannot listen on ${address}: ${why}`, { hint, cause: error });
  if (error instanceof Deno.errors.AddrInUse) {
    return cannot(
      "the port is taken",
      "end what listens there, or choose another: --http 0 finds one",
    );
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return cannot("ports below 1024 need privileges", "choose another, such as --http 8004");
  }
  if (error instanceof Deno.errors.AddrNotAvailable) {
    return cannot("no such address on this machine", "give one it has, or 0.0.0.0 for all");
  }
  if (error instanceof Deno.errors.InvalidData) {
    return new ToolError(
      "Cannot use the certificate: it or its key is not valid, or they do not fit",
      {
        hint: "give PEM files of one pair: --tls-cert FILE --tls-key FILE",
        cause: error,
      },
    );
  }
  return cannot(
    error instanceof Error ? error.message : String(error),
    "give an address of this machine",
  );
}
