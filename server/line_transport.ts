import { setImmediate } from "node:timers";
import type {
  JSONRPCMessage,
  JSONRPCNotification,
  JSONRPCRequest,
  RequestId,
  Transport,
} from "@modelcontextprotocol/server";
import type { StopReason } from "../config/server_events.ts";
import type { Log } from "./log.ts";
import { atMost } from "../config/at_most.ts";
import { type Line, LineSplitter } from "../config/line_splitter.ts";
import { REFUSED } from "./http/rpc_error.ts";
import { parseMessage, type Refusal, RPC_ERROR } from "./parse_message.ts";

const MEBIBYTE = 1024 * 1024;

/** Fills a buffer with what comes next, and gives how much; null at the end. */
export interface ByteSource {
  read(buffer: Uint8Array): Promise<number | null>;
}

export interface LineTransportOptions {
  /** A source is faster: a stream makes a buffer for each message. */
  input: ReadableStream<Uint8Array> | ByteSource;
  output: WritableStream<Uint8Array>;
  /**
   * Writes to the same output what it takes at once, and gives how much; it must never wait or
   * throw. Half the time of an answer is the way through `output`. @default all goes that way
   */
  writeQuickly?(bytes: Uint8Array): number;
  /** Asked first about each request that is taken; what it answers goes no further. @default nothing */
  answerAtOnce?(request: JSONRPCRequest): JSONRPCMessage | undefined;
  /** Waited for before a request to be told of changes is taken. @default nothing */
  beforeListen?(): Promise<void>;
  /** Whether nobody reads the output any more. @default only a write tells */
  isUnread?(): boolean;
  /** Told of each message that is refused, with JSON-RPC's code. @default nobody is */
  onRefused?(code: number): void;
  log: Log;
  /** The longest message that is read. @default 64 MiB */
  maxMessageBytes?: number;
  /** How much the requests under way may come to. @default 128 MiB */
  maxUnderWayBytes?: number;
  /** How long requests under way may still be answered after the input's end. @default 5000 */
  drainMs?: number;
  /** The same after {@link LineTransport.stop}; hosts kill what has not ended in 2 s. @default 1000 */
  stopMs?: number;
}

const BUFFER_BYTES = 64 * 1024;
/** Requests under way at once; a client that sends more is told so. */
const MAX_UNDER_WAY = 256;
/** With more than this waiting to be written, no more is read. */
const MAX_UNWRITTEN_BYTES = 64 * MEBIBYTE;
/** Answered only when the connection ends: nothing to wait for. */
const ENDLESS = "subscriptions/listen";
/** After the input's end, between two looks for whether anybody reads. */
const LOOK_MS = 750;
/** Where only a write tells; since 2026-07-28 there is none. */
const PING = { jsonrpc: "2.0", id: "devmcp-is-read", method: "ping" };
/** For the last answers on their way; nobody may be reading them. */
const LAST_WRITE_MS = 200;
const STOPPED = { code: REFUSED, message: "Cannot answer: the server is stopping" };

/**
 * JSON-RPC messages as lines of UTF-8, for the SDK's server. Unlike the SDK's own stdio transport
 * it answers what is no message instead of dropping it, takes messages above 10 MB, refuses an id
 * that is in use, and answers what is under way when the input ends.
 */
export class LineTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;
  /** Resolves when the connection has ended, for whatever reason. */
  readonly closed: Promise<void>;

  readonly #chunks: AsyncGenerator<Uint8Array>;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #writeQuickly?: (bytes: Uint8Array) => number;
  readonly #answerAtOnce?: (request: JSONRPCRequest) => JSONRPCMessage | undefined;
  readonly #beforeListen?: () => Promise<void>;
  readonly #isUnread?: () => boolean;
  readonly #onRefused: (code: number) => void;
  readonly #log: Log;
  readonly #maxMessageBytes: number;
  readonly #maxUnderWayBytes: number;
  readonly #drainMs: number;
  readonly #stopMs: number;
  readonly #underWay = new Map<RequestId, { method: string; bytes: number }>();
  #underWayBytes = 0;
  readonly #encoder = new TextEncoder();
  /** Lines for the next write: what comes while one is under way goes with one more. */
  #unwritten = "";
  #writingBytes = 0;
  #written: Promise<void> = Promise.resolve();
  readonly #ended = new AbortController();
  #isClosed = false;
  #isStopping = false;
  #endedBy: StopReason = "input_ended";
  #mayPing = false;
  #settle!: () => void;
  /** Called when nothing is under way any more; set once the input has ended. */
  #answered?: () => void;

  constructor(
    {
      input,
      output,
      writeQuickly,
      answerAtOnce,
      beforeListen,
      isUnread,
      onRefused = () => {},
      log,
      maxMessageBytes = 64 * MEBIBYTE,
      maxUnderWayBytes = 128 * MEBIBYTE,
      drainMs = 5000,
      stopMs = 1000,
    }: LineTransportOptions,
  ) {
    this.#chunks = "read" in input ? readSource(input) : readStream(input, this.#ended.signal);
    this.#writer = output.getWriter();
    // Not by the failed write: Deno's standard output resolves that, and only then fails.
    this.#writer.closed.catch((error) => this.#lose(error));
    this.#writeQuickly = writeQuickly;
    this.#answerAtOnce = answerAtOnce;
    this.#beforeListen = beforeListen;
    this.#isUnread = isUnread;
    this.#onRefused = onRefused;
    this.#log = log;
    this.#maxMessageBytes = maxMessageBytes;
    this.#maxUnderWayBytes = maxUnderWayBytes;
    this.#drainMs = drainMs;
    this.#stopMs = stopMs;
    this.closed = new Promise((resolve) => this.#settle = resolve);
  }

  /** Why the connection has ended. */
  get endedBy(): StopReason {
    return this.#endedBy;
  }

  start(): Promise<void> {
    this.#receiveAll()
      .catch((error) => this.onerror?.(error))
      .finally(() => this.close());
    return Promise.resolve();
  }

  send(message: JSONRPCMessage): Promise<void> {
    const written = this.#write(message);
    if (!("method" in message) && message.id !== undefined) this.#done(message.id);
    return written;
  }

  /** Ends the connection in good order: what is under way is answered, if need be with an error. */
  async stop(): Promise<void> {
    if (this.#isStopping) return await this.closed;
    this.#isStopping = true;
    this.#endedBy = "signal";
    await this.#drain(this.#stopMs);
    await this.close();
  }

  close(): Promise<void> {
    if (this.#isClosed) return this.closed;
    this.#isClosed = true;
    this.#ended.abort();
    this.onclose?.();
    this.#settle();
    return this.closed;
  }

  async #receiveAll(): Promise<void> {
    const splitter = new LineSplitter(this.#maxMessageBytes);
    for await (const chunk of this.#chunks) {
      for (const line of splitter.push(chunk)) {
        while (this.#isBehind() && !this.#isClosed) await this.#written;
        this.#receive(line);
      }
      if (this.#isClosed) return;
    }
    for (const line of splitter.end()) this.#receive(line);
    await this.#drain(this.#drainMs);
  }

  #receive(line: Line): void {
    if ("problem" in line) return this.#refuse(this.#refusalOf(line.problem));
    if (line.text.trim() === "") return;
    const parsed = parseMessage(line.text);
    if ("refusal" in parsed) return this.#refuse(parsed.refusal);
    const { message } = parsed;
    if (!("method" in message)) this.onmessage?.(message);
    else if ("id" in message) this.#receiveRequest(message, line.bytes);
    else this.#receiveNotification(message);
  }

  #receiveRequest(request: JSONRPCRequest, bytes: number): void {
    const { id, method } = request;
    const invalid = (reason: string) =>
      this.#refuse({ code: RPC_ERROR.invalidRequest, reason, id });
    if (this.#isStopping) return void this.#write({ jsonrpc: "2.0", id, error: STOPPED });
    if (this.#underWay.has(id)) {
      return invalid(`Cannot take the request: the id ${JSON.stringify(id)} is in use`);
    }
    if (this.#underWay.size >= MAX_UNDER_WAY) {
      return invalid(`Cannot take the request: ${MAX_UNDER_WAY} others are under way`);
    }
    if (this.#underWayBytes + bytes > this.#maxUnderWayBytes) {
      const limit = `${this.#maxUnderWayBytes / MEBIBYTE} MiB`;
      return invalid(`Cannot take the request: those under way would come to more than ${limit}`);
    }
    const answer = this.#answerAtOnce?.(request);
    if (answer) return void this.#write(answer);
    if (method === "initialize") this.#mayPing = true;
    this.#underWay.set(id, { method, bytes });
    this.#underWayBytes += bytes;
    if (method === ENDLESS && this.#beforeListen) void this.#passPrepared(request);
    else this.onmessage?.(request);
  }

  /** Unless it has been cancelled meanwhile. */
  async #passPrepared(request: JSONRPCRequest): Promise<void> {
    const entry = this.#underWay.get(request.id);
    await this.#beforeListen!().catch((error) => this.onerror?.(error));
    const isWanted = !this.#isClosed && this.#underWay.get(request.id) === entry;
    if (isWanted) this.onmessage?.(request);
  }

  #receiveNotification(notification: JSONRPCNotification): void {
    this.onmessage?.(notification);
    if (notification.method !== "notifications/cancelled") return;
    this.#done(notification.params?.requestId as RequestId);
  }

  #refusalOf(problem: "too long" | "not UTF-8"): Refusal {
    if (problem === "not UTF-8") {
      return { code: RPC_ERROR.parse, reason: "Cannot read the message: not UTF-8", id: null };
    }
    const limit = `${this.#maxMessageBytes / MEBIBYTE} MiB`;
    const reason = `Cannot read the message: longer than ${limit}; give a path instead of the text`;
    return { code: RPC_ERROR.invalidRequest, reason, id: null };
  }

  #refuse({ code, reason, id, silent }: Refusal): void {
    // The reason may quote the message.
    this.#onRefused(code);
    if (!silent) void this.#write({ jsonrpc: "2.0", id, error: { code, message: reason } });
  }

  #isBehind(): boolean {
    return this.#unwritten.length + this.#writingBytes > MAX_UNWRITTEN_BYTES;
  }

  #write(message: object): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    const isFirst = this.#unwritten === "";
    this.#unwritten += `${JSON.stringify(message)}\n`;
    if (isFirst) this.#written = this.#written.then(() => this.#flush());
    return this.#written;
  }

  async #flush(): Promise<void> {
    // With others about to be answered, one write for all of them.
    if (this.#underWay.size > 0) await new Promise((resolve) => setImmediate(resolve));
    const bytes = this.#encoder.encode(this.#unwritten);
    this.#unwritten = "";
    const rest = bytes.subarray(this.#writeQuickly?.(bytes) ?? 0);
    if (rest.length === 0) return;
    this.#writingBytes = rest.length;
    await this.#writer.write(rest).catch(() => {});
    this.#writingBytes = 0;
  }

  /** Nobody reads our output any more: that ends the connection, and is no error. */
  #lose(error: unknown): void {
    this.#log("debug", `output closed: ${error}`);
    this.#endUnread();
  }

  #endUnread(): void {
    if (!this.#isClosed) this.#endedBy = "output_closed";
    void this.close();
  }

  /** What is under way is for nobody once nobody reads. */
  #look(): void {
    if (!this.#isUnread) return void (this.#mayPing && this.#write(PING));
    if (this.#isUnread()) this.#endUnread();
  }

  #done(id: RequestId): void {
    this.#underWayBytes -= this.#underWay.get(id)?.bytes ?? 0;
    if (this.#underWay.delete(id) && this.#answered && this.#isAnswered()) this.#answered();
  }

  #isAnswered(): boolean {
    return [...this.#underWay.values()].every(({ method }) => method === ENDLESS);
  }

  /**
   * Lets what is under way be answered, as a script does not keep its end open: `… | serve`. What is
   * left after `ms` is answered with an error.
   */
  async #drain(ms: number): Promise<void> {
    const looks = setInterval(() => this.#look(), LOOK_MS);
    await atMost(ms, Promise.race([this.#whenAnswered(), this.closed]));
    clearInterval(looks);
    if (!this.#isClosed) this.#answerRest();
    await atMost(LAST_WRITE_MS, Promise.race([this.#written, this.closed]));
  }

  #answerRest(): void {
    const left = [...this.#underWay].filter(([, { method }]) => method !== ENDLESS);
    if (left.length > 0) this.#log("warning", `the connection ends; not answered: ${left.length}`);
    for (const [id] of left) void this.send({ jsonrpc: "2.0", id, error: STOPPED });
  }

  #whenAnswered(): Promise<void> {
    if (this.#isAnswered()) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    const before = this.#answered;
    this.#answered = () => {
      before?.();
      resolve();
    };
    return promise;
  }
}

/** Each chunk is good until the next is asked for. */
async function* readSource(source: ByteSource): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(BUFFER_BYTES);
  for (let length; (length = await source.read(buffer)) !== null;) yield buffer.subarray(0, length);
}

async function* readStream(
  stream: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  signal.addEventListener("abort", () => reader.cancel().catch(() => {}));
  for (let read; !(read = await reader.read()).done;) yield read.value;
}
