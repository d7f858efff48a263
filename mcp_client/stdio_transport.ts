import {
  deserializeMessage,
  type JSONRPCMessage,
  serializeMessage,
} from "@modelcontextprotocol/client";
import { atMost } from "../config/at_most.ts";
import { type Line, LineSplitter } from "../config/line_splitter.ts";
import { oneLine } from "../config/one_line.ts";
import { ToolError } from "../config/tool_error.ts";
import type { Program } from "../sandbox/start_program.ts";
import { FloodGuard } from "./flood_guard.ts";
import type { GuardedTransport } from "./guarded_transport.ts";

/** The longest message that is read: 16 MiB. */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

/**
 * JSON-RPC messages as lines of UTF-8 to and from a program. Unlike the SDK's own it bounds what a
 * hostile program writes, keeps why it ended, and ends what it has started.
 */
export class StdioTransport implements GuardedTransport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;

  readonly #start: () => Program;
  readonly #encoder = new TextEncoder();
  readonly #flood = new FloodGuard();
  #program?: Program;
  #writer?: WritableStreamDefaultWriter<Uint8Array>;
  #closing?: Promise<void>;
  #problem?: string;

  constructor(start: () => Program) {
    this.#start = start;
  }

  /** Why it ended, with the last of what the program had to say; undefined while it runs. Hostile. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** @throws {ToolError} when the program cannot be started */
  start(): Promise<void> {
    const program = this.#start();
    this.#program = program;
    this.#writer = program.stdin.getWriter();
    this.#writer.closed.catch(() => {}); // its end tells
    this.#receiveAll(program)
      .then(() => howItEnded(program))
      .then((how) => this.#end(how), (error) => this.#end(String(error)));
    return Promise.resolve();
  }

  async send(message: JSONRPCMessage): Promise<void> {
    if (!this.#writer || this.#closing) throw new ToolError(this.#problem ?? "it is not running");
    try {
      await this.#writer.write(this.#encoder.encode(serializeMessage(message)));
    } catch (cause) {
      throw new ToolError("it does not read its input", { cause });
    }
  }

  close(): Promise<void> {
    return this.#closing ??= this.#shut();
  }

  async #shut(): Promise<void> {
    this.#writer?.releaseLock();
    await this.#program?.end();
    this.onclose?.();
  }

  /** Ends it for a reason, which counts only the first time. */
  #end(problem: string): void {
    if (this.#closing) return;
    const said = this.#program?.stderr().trim().split("\n").slice(-3).join(" · ") ?? "";
    this.#problem = said === "" ? problem : `${problem}: ${oneLine(said, 400)}`;
    this.close().catch(() => {});
  }

  async #receiveAll(program: Program): Promise<void> {
    const splitter = new LineSplitter(MAX_MESSAGE_BYTES);
    for await (const chunk of program.stdout) {
      for (const line of splitter.push(chunk)) this.#receive(line);
      if (this.#closing) return;
    }
    for (const line of splitter.end()) this.#receive(line);
  }

  #receive(line: Line): void {
    if (this.#closing) return;
    if ("problem" in line && line.problem === "too long") {
      return this.#end("it wrote a message of more than 16 MiB");
    }
    const message = "text" in line ? this.#parse(line.text) : undefined;
    if (message && isEcho(message)) {
      return this.#end("it is no MCP server: it gives back what it is sent");
    }
    const isAnswer = message !== undefined && !("method" in message);
    if (!isAnswer && !this.#flood.take()) {
      return this.#end("it floods: it wrote too much that nobody asked for");
    }
    if (message) this.onmessage?.(message);
  }

  /** Undefined for a line that is no message: many servers print what belongs to standard error. */
  #parse(line: string): JSONRPCMessage | undefined {
    try {
      return line.trim() === "" ? undefined : deserializeMessage(line);
    } catch (error) {
      this.onerror?.(error as Error);
    }
  }
}

/** Only clients ask this, and no server asks its client: our own words come back, as from `cat`. */
function isEcho(message: JSONRPCMessage): boolean {
  return "method" in message && ["initialize", "server/discover"].includes(message.method);
}

/** What a program gets between the end of its output and its own. */
const LAST_MS = 500;

async function howItEnded({ ended }: Program): Promise<string> {
  const how = await atMost(LAST_MS, ended);
  return how === undefined ? "it closed its output" : `it ended with ${how}`;
}
