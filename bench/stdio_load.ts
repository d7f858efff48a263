import type { ToolCall } from "./raw_http_client.ts";

/** A server on stdio with which many calls are under way at once. */
export interface StdioLoad {
  /** Calls a second over `ms` milliseconds, with `atOnce` under way all the time. */
  run(atOnce: number, ms: number): Promise<number>;
  close(): Promise<void>;
}

const INITIALIZE = {
  protocolVersion: "2025-11-25",
  capabilities: {},
  clientInfo: { name: "bench", version: "1" },
};

/** Starts a server and introduces itself. */
export async function openStdioLoad(
  [program, ...args]: string[],
  call: ToolCall,
): Promise<StdioLoad> {
  const child = new Deno.Command(program!, {
    args,
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const writer = child.stdin.getWriter();
  const answers = countAnswers(child.stdout);
  const encoder = new TextEncoder();
  let id = 0;
  const lineOf = (message: object) => `${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`;
  const send = (lines: string[]) => writer.write(encoder.encode(lines.join("")));
  const callLine = () => lineOf({ id: ++id, method: "tools/call", params: call });
  await send([lineOf({ id: 0, method: "initialize", params: INITIALIZE })]);
  await answers.next();
  await send([lineOf({ method: "notifications/initialized" })]);
  return {
    async run(atOnce, ms) {
      const start = performance.now(), end = start + ms;
      let done = 0, underWay = atOnce;
      await send(Array.from({ length: atOnce }, callLine));
      while (underWay > 0) {
        const { value = 0, done: ended } = await answers.next();
        if (ended) throw new Error("Cannot measure: the server ended early");
        done += value;
        underWay -= value;
        if (performance.now() >= end) continue;
        underWay += value;
        await send(Array.from({ length: value }, callLine));
      }
      return done / (performance.now() - start) * 1000;
    },
    async close() {
      await writer.close();
      await answers.return(undefined);
      await child.status;
    },
  };
}

/** How many answers came with each piece of output. @throws when one of them is a failure */
async function* countAnswers(
  stream: ReadableStream<Uint8Array>,
): AsyncGenerator<number, undefined> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop()!;
    const answers = lines.filter((line) => line.includes('"id":'));
    const failure = answers.find((line) =>
      !line.includes('"result"') || line.includes('"isError":true')
    );
    if (failure) throw new Error(`Cannot measure: ${failure.slice(0, 400)}`);
    if (answers.length > 0) yield answers.length;
  }
}
