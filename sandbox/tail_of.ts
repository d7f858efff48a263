import { Buffer } from "node:buffer";

const MOST_BYTES = 4096;

/** The last of what a stream holds, at most 4 KiB, when it has ended: its writer never waits. */
export async function tailOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  let tail: Uint8Array = new Uint8Array(0);
  try {
    for await (const bytes of stream) tail = Buffer.concat([tail, bytes]).subarray(-MOST_BYTES);
  } catch {
    // of a program that is gone
  }
  return new TextDecoder().decode(tail);
}
