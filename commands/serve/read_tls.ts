import { readSmallFile } from "../../config/read_small_file.ts";
import { ToolError } from "../../config/tool_error.ts";
import type { Tls } from "../../server/http/listen.ts";

const MOST_BYTES = 1024 * 1024;
const HINT = "give PEM files of one pair: --tls-cert FILE --tls-key FILE";

/**
 * The certificate and its key, if they are configured.
 *
 * @throws {ToolError} for one without the other, and for files that cannot be read
 */
export function readTls(
  { tls_cert, tls_key }: { tls_cert: string; tls_key: string },
): Tls | undefined {
  if (!tls_cert && !tls_key) return;
  if (!tls_cert || !tls_key) {
    const missing = tls_cert ? "its key" : "its certificate";
    throw new ToolError(`Cannot serve over TLS: ${missing} is not given`, { hint: HINT });
  }
  return { cert: readPem(tls_cert), key: readPem(tls_key) };
}

function readPem(path: string): string {
  const file = readSmallFile(path, { maxBytes: MOST_BYTES, followLinks: true });
  if (!file) {
    throw new ToolError(`Cannot read ${JSON.stringify(path)}: no such file`, { hint: HINT });
  }
  const text = new TextDecoder().decode(file.bytes);
  if (text.includes("-----BEGIN ")) return text;
  throw new ToolError(`Cannot use ${JSON.stringify(path)}: not a PEM file`, { hint: HINT });
}
