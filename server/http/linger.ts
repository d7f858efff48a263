import { atMost } from "../../config/at_most.ts";

/** How much is read of a body that nobody wants. */
const MOST_BYTES = 32 * 1024 * 1024;
/** Most bodies are there by then, and their answers as any other. */
const SOON_MS = 100;

/**
 * The answer to a request that was refused before all of its body had come: what still comes is read
 * and dropped, for so long after the answer. A connection that is closed over unread bytes is reset,
 * and a client that sends everything before it reads would never see why.
 *
 * @param ms for how long; the answer's end waits for the body's
 */
export async function linger(request: Request, response: Response, ms: number): Promise<Response> {
  const rest = response.status < 400 ? undefined : restOf(request);
  if (!rest || !response.body) return response;
  const dropping = drop(rest);
  if (await atMost(SOON_MS, dropping)) return response;
  const body = response.body.pipeThrough(endingWith(atMost(ms, dropping)));
  const answer = new Response(body, response);
  answer.headers.set("connection", "close");
  return answer;
}

/** What can still be read of a body: nothing where the client waits to be asked for it. */
function restOf(request: Request): ReadableStream<Uint8Array> | undefined {
  if (request.headers.has("expect")) return;
  const { body } = request;
  return body === null || body.locked ? undefined : body;
}

/** Whether that was all of it. */
async function drop(body: ReadableStream<Uint8Array>): Promise<boolean> {
  let size = 0;
  try {
    for await (const { length } of body.values({ preventCancel: true })) {
      size += length;
      if (size > MOST_BYTES) return false;
    }
  } catch {
    // the client has left
  }
  return true;
}

/**
 * Passes all on at once, yet ends with `end`: with its answer, a request's body can no more be
 * read.
 */
function endingWith(end: Promise<unknown>): TransformStream<Uint8Array, Uint8Array> {
  return new TransformStream({
    async flush() {
      await end;
    },
  });
}
