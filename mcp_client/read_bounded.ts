import { ToolError } from "../config/tool_error.ts";

/** Reads a body. @throws {ToolError} when it is longer than `maxBytes`, which ends the download */
export async function readBounded(
  response: Response,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > maxBytes) {
      throw new ToolError(`Cannot read a server's reply: it is larger than ${maxBytes / 1024} KiB`);
    }
    chunks.push(chunk);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
