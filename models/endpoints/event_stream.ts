import { readLines } from "./line_reader.ts";

/**
 * The data of each event of an event stream (`text/event-stream`), its lines joined; comments and all other
 * fields are left out. An event that the end of the body cuts off is given as far as it came.
 *
 * @param maxBytes of the whole body
 * @throws {CallFault} when the connection is lost or the body is longer
 */
export async function* readEvents(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): AsyncGenerator<string> {
  let data: string[] = [];
  for await (const { text } of readLines(body, maxBytes)) {
    if (text === "" && data.length > 0) {
      yield data.join("\n");
      data = [];
    }
    const field = /^data(?:: ?|$)/.exec(text);
    if (field) data.push(text.slice(field[0].length));
  }
  if (data.length > 0) yield data.join("\n");
}
