import type { ToolCallOptions, ToolInfo, ToolResult } from "../agent/execute/toolbox.ts";
import { abortable } from "../config/abortable.ts";
import { oneLine } from "../config/one_line.ts";
import type { ServerDefinition } from "../config/server_definition.ts";
import { answerServer, type Asked } from "./answer_server.ts";
import { connectionProblem, isGone } from "./connection_problem.ts";
import type { ConnectionWorld } from "./connection_world.ts";
import { addressOf, describeServer, hashServer } from "./describe_server.ts";
import { LoginNeeded } from "./login_needed.ts";
import type { ServerPrompt, ServerStatus } from "./mcp_host.ts";
import { openServer } from "./open_server.ts";
import { promptText, resourceText } from "./read_texts.ts";
import { Retry } from "./retry.ts";
import { ServerCatalog } from "./server_catalog.ts";
import { ServerLink } from "./server_link.ts";
import { readResult } from "./tool_result.ts";
import { withAddresses } from "./with_addresses.ts";

/** A program may be downloaded first. */
const LEAST_CONNECT_MS = 60_000;

/** One server of the user's or the project's, through all its connections. */
export class Connection {
  readonly definition: ServerDefinition;
  readonly #world: ConnectionWorld;
  readonly #catalog: ServerCatalog;
  /** Absent where nobody would answer: then the server is not told that it may ask. */
  readonly #asked?: Asked;
  readonly #retry: Retry;
  readonly #stop = new AbortController();
  /** Ends all that this connection does. */
  readonly #signal: AbortSignal;
  #state: ServerStatus["state"] = "connecting";
  #problem?: string;
  #link?: ServerLink;
  #connecting?: Promise<void>;
  /** It has answered once: when it is gone, it is worth another try. */
  #hasAnswered = false;

  constructor(definition: ServerDefinition, world: ConnectionWorld) {
    this.definition = definition;
    this.#world = world;
    this.#signal = AbortSignal.any([this.#stop.signal, world.signal]);
    this.#retry = new Retry(() => void this.connect(), world.retryMs);
    this.#catalog = new ServerCatalog(definition, world, this.#signal);
    if (world.takesQuestions ?? true) {
      this.#asked = answerServer({
        ...world,
        server: definition.name,
        ask: (question) => this.#ask(question),
      });
    }
  }

  /** The connection itself, for whoever tests it. */
  get link(): ServerLink | undefined {
    return this.#link;
  }

  get status(): ServerStatus {
    return {
      name: this.definition.name,
      address: addressOf(this.definition),
      state: this.#state,
      ...this.#problem !== undefined && { problem: this.#problem },
      tools: this.#catalog.tools.length,
      prompts: this.#catalog.prompts.length,
      resources: this.#catalog.resources.length,
    };
  }

  get tools(): ToolInfo[] {
    return this.#catalog.tools.map(({ info }) => info);
  }

  get prompts(): ServerPrompt[] {
    return this.#catalog.prompts;
  }

  get resources(): string[] {
    return this.#catalog.resources;
  }

  /**
   * Connects unless that is under way; resolves when it is connected or has failed.
   *
   * @param interactive whether the person may be asked to log in
   */
  connect({ interactive = false } = {}): Promise<void> {
    this.#connecting ??= this.#connect(interactive).finally(() => this.#connecting = undefined);
    return this.#connecting;
  }

  /** Connects anew; what failed before no longer counts. */
  async reconnect(): Promise<void> {
    this.#retry.stop();
    await this.#connecting;
    await this.#drop();
    this.#retry.forget();
    await this.connect({ interactive: true });
  }

  /** @param tool as the server calls it */
  async call(
    tool: string,
    args: Record<string, unknown>,
    options: ToolCallOptions,
  ): Promise<ToolResult> {
    const failed = (why: string): ToolResult => ({
      ok: false,
      text: `Cannot call "${this.definition.name}:${oneLine(tool, 100)}": ${oneLine(why, 600)}`,
    });
    await this.#whileConnecting(options.signal);
    const link = this.#link;
    const found = this.#catalog.tools.find(({ name }) => name === tool);
    if (!link) return failed(this.#whyNot());
    if (!found) return failed(this.#whyNoTool(tool));
    try {
      const call = () => link.callTool(found.definition, args, options);
      return readResult(await withAddresses(call, this.#asked, options.signal), found.info);
    } catch (error) {
      options.signal.throwIfAborted();
      return failed(this.#explain(error, link));
    }
  }

  /** @param name as the server calls it @throws what goes wrong */
  async getPrompt(name: string, args: Record<string, string>): Promise<string> {
    return promptText(await this.#linked().getPrompt(name, args, this.#signal));
  }

  /** @throws what goes wrong */
  async readResource(uri: string): Promise<string> {
    return resourceText(await this.#linked().readResource(uri, this.#signal));
  }

  async close(): Promise<void> {
    this.#retry.stop();
    this.#stop.abort(new Error("the chat ends"));
    await this.#drop();
    await this.#connecting?.catch(() => {});
  }

  async #connect(interactive: boolean): Promise<void> {
    const { disabled } = this.definition;
    if (disabled) return this.#fail("disabled");
    this.#set("connecting");
    try {
      if (!await this.#isAgreed()) return this.#fail("not agreed", "you have not agreed to it");
      await this.#world.connecting(() => this.#open(interactive));
    } catch (error) {
      // By us: that is nobody's news.
      if (this.#signal.aborted) return this.#set("failed", "it was stopped");
      if (this.#hasAnswered && !(error instanceof LoginNeeded)) this.#retry.later();
      if (error instanceof LoginNeeded) this.#fail("needs login", error.message);
      else this.#fail("failed", connectionProblem(error));
    }
  }

  /** What the user has written themselves needs no question. */
  async #isAgreed(): Promise<boolean> {
    const { definition } = this;
    if (definition.scope === "user") return true;
    const { agreed, ask, person, log } = this.#world;
    const seen = { ...definition, sha256: hashServer(definition) };
    if (agreed.has(seen)) return true;
    const details = describeServer(definition);
    const isAgreed = await ask(() => person.agree(definition, details, this.#signal));
    // Where the disk refuses it counts for this chat.
    if (isAgreed) await agreed.add(seen).catch(({ message }) => log("warning", message));
    return isAgreed;
  }

  async #open(interactive: boolean): Promise<void> {
    const { timeoutMs, name } = this.definition;
    const { version, folder, log, connectMs } = this.#world;
    const open = await openServer(
      this.definition,
      {
        signal: this.#signal,
        timeoutMs: connectMs ?? Math.max(timeoutMs, LEAST_CONNECT_MS),
        handlers: {
          version,
          folder,
          asked: this.#asked,
          onListChanged: (kind) => this.#link && void this.#catalog.refresh(kind, this.#link),
          onProblem: (message) => log("debug", `${name}: ${oneLine(message)}`),
        },
      },
      this.#world,
      { interactive },
    );
    const link = new ServerLink(open, { timeoutMs });
    open.closed.then(() => this.#lose(link));
    await this.#adopt(link);
  }

  async #adopt(link: ServerLink): Promise<void> {
    this.#link = link;
    this.#hasAnswered = true;
    try {
      await this.#catalog.readAll(link);
    } catch (error) {
      await this.#drop();
      if (error instanceof LoginNeeded) throw error;
      throw new Error(link.open.problem() ?? connectionProblem(error), { cause: error });
    }
    if (this.#link !== link) throw new Error(link.open.problem() ?? "the connection ended");
    this.#retry.connected();
    this.#set("connected");
  }

  /** The connection has ended by itself. */
  #lose(link: ServerLink): void {
    if (this.#link !== link || this.#signal.aborted) return;
    void this.#drop();
    // The attempt that is under way fails by this, and is the one to be followed by another.
    if (this.#state === "connecting") return;
    this.#retry.lost();
    this.#fail("failed", link.open.problem() ?? "the connection ended");
    this.#retry.later();
  }

  async #drop(): Promise<void> {
    const link = this.#link;
    this.#clear();
    await link?.close().catch(() => {});
  }

  #clear(): void {
    this.#link = undefined;
    this.#catalog.clear();
  }

  #explain(error: unknown, link: ServerLink): string {
    if (error instanceof LoginNeeded) this.#fail("needs login", error.message);
    if (isGone(error)) this.#lose(link);
    const problem = link.open.problem();
    return problem === undefined ? connectionProblem(error) : `the server ended: ${problem}`;
  }

  #whyNot(): string {
    return `the server is not connected (${this.#state}${
      this.#problem ? `: ${this.#problem}` : ""
    })`;
  }

  #whyNoTool(tool: string): string {
    return this.#catalog.hasChanged(tool)
      ? "what it says of itself has changed since you saw it; it can be used once you have agreed again"
      : "the server has no such tool now";
  }

  async #whileConnecting(signal: AbortSignal): Promise<void> {
    await abortable(() => this.#connecting ?? Promise.resolve(), signal);
  }

  #linked(): ServerLink {
    if (this.#link) return this.#link;
    throw new Error(this.#whyNot());
  }

  /** The server's calls do not grow old while the person thinks. */
  #ask<T>(question: () => Promise<T>): Promise<T> {
    const ask = () => this.#world.ask(question);
    return this.#link ? this.#link.pauseWhile(ask) : ask();
  }

  #set(state: ServerStatus["state"], problem?: string): void {
    this.#state = state;
    this.#problem = problem;
  }

  #fail(state: ServerStatus["state"], problem?: string): void {
    this.#set(state, problem);
    // Who was asked knows it.
    const level = state === "not agreed" ? "debug" : "warning";
    if (problem) this.#world.log(level, `${this.definition.name}: ${state}: ${problem}`);
  }
}
