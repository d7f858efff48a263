import { CallFault, endless, lostConnection } from "./call_fault.ts";

/** A line of a body. */
export interface Line {
  text: string;
  /** False for the last one when the body ended without a line break. */
  ended: boolean;
}

const NEWLINE = 0x0a;
/** No server says more in a line; it is kept until it ends. */
const MAX_LINE_BYTES = 4 << 20;

/**
 * The lines of a body, however its bytes are cut into chunks; without their line breaks, LF or CRLF.
 *
 * @param maxBytes of the whole body
 * @throws {CallFault} when the connection is lost, or the body or a line is too long
 */
export async function* readLines(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): AsyncGenerator<Line> {
  let parts: Uint8Array[] = [];
  let held = 0;
  for await (const chunk of readChunks(body, maxBytes)) {
    let start = 0;
    for (let end; (end = chunk.indexOf(NEWLINE, start)) >= 0; start = end + 1) {
      yield {
        text: decode([...parts, chunk.subarray(start, end)]).replace(/\r$/, ""),
        ended: true,
      };
      parts = [];
      held = 0;
    }
    if (start < chunk.length) parts.push(chunk.subarray(start));
    held += chunk.length - start;
    if (held > MAX_LINE_BYTES) throw endless();
  }
  if (parts.length > 0) yield { text: decode(parts), ended: false };
}

/**
 * A whole body as text.
 *
 * @throws {CallFault} when the connection is lost or the body is longer than `maxBytes`
 */
export async function readText(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of readChunks(body, maxBytes)) parts.push(chunk);
  return decode(parts);
}

async function* readChunks(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const chunk of body ?? []) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw endless();
      yield chunk;
    }
  } catch (error) {
    throw error instanceof CallFault ? error : lostConnection(error, "while it answered");
  }
}

function decode(parts: Uint8Array[]): string {
  const decoder = new TextDecoder();
  return parts.map((part) => decoder.decode(part, { stream: true })).join("") + decoder.decode();
}
