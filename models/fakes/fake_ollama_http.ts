/** Requests as they came, and answers in pieces. For tests. */

/** What JSON says of an object. */
export type Json = Record<string, unknown>;

/** A request as it came. */
export interface FakeRequest {
  method: string;
  path: string;
  headers: Headers;
  /** The body's own bytes, as text. */
  text: string;
  /** The body when it is a JSON object, else empty. */
  body: Json;
  /** By `performance.now()`. */
  arrivedAt: number;
  /** When the first piece of the answer was handed over; absent until then. */
  firstPieceAt?: number;
  /** When the last piece of the answer was handed over; absent until then. */
  answeredAt?: number;
  /** Set when the client hung up before the end. */
  aborted?: boolean;
  /** Aborted when the client hangs up, and after the end. */
  left: AbortSignal;
}

/** Reads a request to its end. */
export async function record(request: Request): Promise<FakeRequest> {
  const arrivedAt = performance.now();
  const { method, headers } = request;
  const text = await request.text();
  return {
    method,
    path: new URL(request.url).pathname,
    headers,
    text,
    body: parse(text),
    arrivedAt,
    left: request.signal,
  };
}

function parse(text: string): Json {
  try {
    const value = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** One line of NDJSON. */
export function line(value: Json): string {
  return `${JSON.stringify(value)}\n`;
}

/** Sends pieces as they come, and notes when the client hangs up. */
export function stream(
  request: FakeRequest,
  pieces: AsyncIterable<string>,
  contentType: string,
): Response {
  // Nobody cancels a stream whose client was gone before it began.
  const leave = () => request.aborted ||= request.answeredAt === undefined;
  request.left.addEventListener("abort", leave);
  if (request.left.aborted) leave();
  const iterator = pieces[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await iterator.next();
      request.firstPieceAt ??= performance.now();
      if (!done) return controller.enqueue(encoder.encode(value));
      request.answeredAt = performance.now();
      controller.close();
    },
    async cancel() {
      request.aborted = true;
      await iterator.return?.();
    },
  }, { highWaterMark: 0 });
  return new Response(body, { headers: { "content-type": contentType } });
}
