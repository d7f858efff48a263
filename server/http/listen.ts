import { messageOf } from "../../config/message_of.ts";
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
  const listener = listenPlain(hostname, port);
  if (!tls) return listener;
  listener.close();
  try {
    // A client of HTTP/2 sends no Host, which we go by.
    return Deno.listenTls({ hostname, port, ...tls, alpnProtocols: ["http/1.1"] });
  } catch (error) {
    const why = "it or its key is not valid, or they do not fit";
    const hint = "give PEM files of one pair: --tls-cert FILE --tls-key FILE";
    throw new ToolError(`Cannot use the certificate: ${why}`, { hint, cause: error });
  }
}

function listenPlain(hostname: string, port: number): Deno.TcpListener {
  try {
    return Deno.listen({ hostname, port });
  } catch (error) {
    const address = `${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`;
    const [why, hint] = explain(error);
    throw new ToolError(`Cannot listen on "${address}": ${why}`, { hint, cause: error });
  }
}

function explain(error: unknown): [why: string, hint: string] {
  if (error instanceof Deno.errors.AddrInUse) {
    return ["the port is taken", "end what listens there, or choose another: --http 0 finds one"];
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return ["ports below 1024 need privileges", "choose another, such as --http 8004"];
  }
  if (error instanceof Deno.errors.AddrNotAvailable) {
    return ["no such address on this machine", "give one it has, or 0.0.0.0 for all"];
  }
  return [messageOf(error), "give an address of this machine"];
}
