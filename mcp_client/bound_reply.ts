import { ToolError } from "../config/tool_error.ts";

const NEWLINE = 10;
const RETURN = 13;

/**
 * A server's reply, cut off where it gets too long to be held: as a whole, or for a stream of events
 * one event.
 *
 * @param maxBytes @default 16 MiB
 */
export function boundReply(response: Response, maxBytes = 16 * 1024 * 1024): Response {
  if (!response.body) return response;
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream");
  const count = isStream ? countEvent() : countAll();
  const bound = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      if (count(chunk) > maxBytes) {
        const problem = `a message of over ${maxBytes / 1024 / 1024} MiB`;
        throw new ToolError(`Cannot read the server's reply: ${problem}`);
      }
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(bound), response);
}

function countAll(): (chunk: Uint8Array) => number {
  let length = 0;
  return (chunk) => length += chunk.length;
}

/** The bytes since the last empty line, which ends an event. */
function countEvent(): (chunk: Uint8Array) => number {
  let length = 0;
  let isLineEmpty = true;
  return (chunk) => {
    for (const byte of chunk) {
      length++;
      if (byte === NEWLINE && isLineEmpty) length = 0;
      if (byte !== RETURN) isLineEmpty = byte === NEWLINE;
    }
    return length;
  };
}
