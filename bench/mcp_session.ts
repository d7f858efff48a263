/** A session with an MCP server on stdio, with the time of everything. */

/** A tool call, by `performance.now()`. */
export interface TimedCall {
  sentAt: number;
  /** When each line of progress came, and what it said. */
  progress: { at: number; message: string }[];
  answeredAt: number;
}

export interface McpSession {
  pid: number;
  listTools(): Promise<TimedCall>;
  /** @throws when the tool fails: a failure would look fast */
  call(name: string, args: Record<string, unknown>): Promise<TimedCall>;
  close(): Promise<void>;
}

// deno-lint-ignore no-explicit-any -- messages of a protocol, as JSON
type Message = any;

const INITIALIZE = {
  protocolVersion: "2025-11-25",
  capabilities: {},
  clientInfo: { name: "bench", version: "1" },
};

/** Starts the server and introduces itself. */
export async function openMcpSession(
  [program, ...args]: string[],
  env?: Record<string, string>,
): Promise<McpSession> {
  const child = new Deno.Command(program!, {
    args,
    env,
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const writer = child.stdin.getWriter();
  const lines = readLines(child.stdout);
  let id = 0;
  const send = (message: object) =>
    writer.write(new TextEncoder().encode(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`));
  const request = async (method: string, params: Record<string, unknown>): Promise<TimedCall> => {
    const mine = ++id;
    const sentAt = performance.now();
    await send({ id: mine, method, params: { ...params, _meta: { progressToken: mine } } });
    return await readAnswer(lines, mine, sentAt);
  };
  await request("initialize", INITIALIZE);
  await send({ method: "notifications/initialized" });
  return {
    pid: child.pid,
    listTools: () => request("tools/list", {}),
    call: (name, args) => request("tools/call", { name, arguments: args }),
    close: async () => {
      await writer.close();
      await child.status;
      await lines.return(undefined);
    },
  };
}

/** From spawning an MCP server to its list of tools, in milliseconds. */
export async function timeToTools(command: string[]): Promise<number> {
  const start = performance.now();
  const session = await openMcpSession(command);
  const { answeredAt } = await session.listTools();
  await session.close();
  return answeredAt - start;
}

async function readAnswer(
  lines: AsyncGenerator<string>,
  id: number,
  sentAt: number,
): Promise<TimedCall> {
  const progress: TimedCall["progress"] = [];
  for (;;) {
    const { value, done } = await lines.next();
    if (done) throw new Error("Cannot time the calls: the server ended early");
    const at = performance.now();
    const message: Message = JSON.parse(value);
    if (message.method === "notifications/progress") {
      progress.push({ at, message: message.params.message ?? "" });
    }
    if (message.id !== id) continue;
    const failure = message.error?.message ?? (message.result.isError && value);
    if (failure) throw new Error(`Cannot time the calls: ${failure}`);
    return { sentAt, progress, answeredAt: at };
  }
}

async function* readLines(stream: ReadableStream<Uint8Array>): AsyncGenerator<string, undefined> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream() as TransformStream)) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
}
