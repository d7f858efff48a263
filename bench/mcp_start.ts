/** From spawning an MCP server to its list of tools, in milliseconds. */
export async function timeToTools(command: string[]): Promise<number> {
  const start = performance.now();
  const [program, ...args] = command;
  const child = new Deno.Command(program!, {
    args,
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const writer = child.stdin.getWriter();
  const lines = readLines(child.stdout);
  const send = (message: object) =>
    writer.write(new TextEncoder().encode(JSON.stringify({ jsonrpc: "2.0", ...message }) + "\n"));
  await send({
    id: 1,
    method: "initialize",
    params: {
      protocolVersion: "2025-11-25",
      capabilities: {},
      clientInfo: { name: "bench", version: "1" },
    },
  });
  await expect(lines, 1);
  await send({ method: "notifications/initialized" });
  await send({ id: 2, method: "tools/list" });
  await expect(lines, 2);
  const elapsed = performance.now() - start;
  await writer.close();
  await child.status;
  return elapsed;
}

async function* readLines(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream() as TransformStream)) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
}

async function expect(lines: AsyncGenerator<string>, id: number): Promise<void> {
  for (;;) {
    const { value, done } = await lines.next();
    if (done) throw new Error("Cannot time the server: it ended early");
    const message = JSON.parse(value);
    if (message.id !== id) continue;
    if (message.error) throw new Error(`Cannot time the server: ${message.error.message}`);
    return;
  }
}
