/** A host of the MCP server in the binary, as far as raw lines over pipes make one. */
import assert from "node:assert/strict";
import { BINARY } from "./devmcp.ts";

// deno-lint-ignore no-explicit-any
export type Message = any;

/** Longer than anything here takes, even on a busy machine. */
const PATIENCE_MS = 60_000;

export const INITIALIZE = {
  jsonrpc: "2.0",
  id: "init",
  method: "initialize",
  params: {
    protocolVersion: "2025-11-25",
    capabilities: {},
    clientInfo: { name: "test", version: "0" },
  },
};

/** One `devmcp serve` and its pipes. */
export class Host {
  readonly #child: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #lines: ReadableStreamDefaultReader<string>;
  readonly #stderr: Promise<string>;
  /** All that came over standard output, in order. */
  readonly messages: Message[] = [];

  constructor(args: string[] = [], env: Record<string, string> = {}, program = BINARY) {
    const pipes = { stdin: "piped", stdout: "piped", stderr: "piped" } as const;
    this.#child = new Deno.Command(program, { args: ["serve", ...args], env, ...pipes }).spawn();
    this.#input = this.#child.stdin.getWriter();
    this.#lines = this.#child.stdout.pipeThrough(new TextDecoderStream())
      .pipeThrough(linesOf()).getReader();
    this.#stderr = new Response(this.#child.stderr).text();
  }

  get pid(): number {
    return this.#child.pid;
  }

  /** Writes bytes as they are, or messages as lines. */
  async send(...items: (string | Uint8Array | object)[]): Promise<void> {
    for (const item of items) {
      const text = typeof item === "string" ? item : `${JSON.stringify(item)}\n`;
      await this.#input.write(item instanceof Uint8Array ? item : new TextEncoder().encode(text));
    }
  }

  /** The next message; every line of standard output must be one. */
  async next(): Promise<Message> {
    const { value, done } = await soon(this.#lines.read(), "a message");
    if (done) throw new Error(`no more messages; stderr: ${await this.#stderr}`);
    const message = JSON.parse(value);
    assert.equal(message.jsonrpc, "2.0");
    this.messages.push(message);
    return message;
  }

  /** The response to `id`, over what else comes before it. */
  async response(id: unknown): Promise<Message> {
    let message = this.messages.find((one) => one.id === id && !one.method);
    while (!message) {
      const next = await this.next();
      if (next.id === id) message = next;
    }
    return message;
  }

  async request(id: string | number, method: string, params?: object): Promise<Message> {
    await this.send({ jsonrpc: "2.0", id, method, params });
    return await this.response(id);
  }

  async callTool(id: string | number, name: string, args: object): Promise<Message> {
    return await this.request(id, "tools/call", { name, arguments: args });
  }

  kill(signal: Deno.Signal): void {
    this.#child.kill(signal);
  }

  /** Nobody reads standard output any more. */
  async stopReading(): Promise<void> {
    await this.#lines.cancel();
  }

  async closeInput(): Promise<void> {
    await this.#input.close();
  }

  /** Waits for the process's end, and reads what is left of its output. */
  async ended(): Promise<{ code: number; stderr: string }> {
    const { code } = await soon(this.#child.status, "the end of the process");
    await this.#readRest();
    await this.#input.abort().catch(() => {});
    return { code, stderr: await this.#stderr };
  }

  async #readRest(): Promise<void> {
    while (await this.next().then(() => true, () => false));
  }

  async close(): Promise<{ code: number; stderr: string }> {
    await this.closeInput();
    return await this.ended();
  }
}

/**
 * Starts a server that has been initialized, runs `test`, and checks that it ends clean.
 *
 * @returns what it wrote to standard error
 */
export async function withHost(
  test: (host: Host) => Promise<void>,
  args: string[] = [],
  env: Record<string, string> = {},
): Promise<string> {
  const host = new Host(args, env);
  await host.send(INITIALIZE, { jsonrpc: "2.0", method: "notifications/initialized" });
  await host.response("init");
  try {
    await test(host);
  } catch (error) {
    await host.close();
    throw error;
  }
  const { code, stderr } = await host.close();
  assert.equal(code, 0, stderr);
  return stderr;
}

async function soon<T>(promise: Promise<T>, what: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited too long for ${what}`)), PATIENCE_MS);
  });
  return await Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function linesOf(): TransformStream<string, string> {
  let rest = "";
  return new TransformStream({
    transform(chunk, controller) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop()!;
      for (const line of lines) controller.enqueue(line);
    },
    flush(controller) {
      if (rest) controller.enqueue(rest);
    },
  });
}
