import type { Palette } from "../../../cli/style.ts";
import type { Key } from "../../../cli/terminal/keys.ts";
import { renderStatusBar } from "../../../cli/terminal/status_bar.ts";
import type { Screen } from "../../../cli/terminal/screen.ts";
import { atMost } from "../../../config/at_most.ts";
import type { Chat, Edge } from "../chat.ts";
import type { Surface } from "../surface.ts";
import type { AnswerView } from "./answer_view.ts";
import { renderBottom } from "./bottom.ts";
import { ChatStatus } from "./chat_status.ts";
import { HintLine } from "./hint_line.ts";
import { InputLine } from "./input_line.ts";
import { MessageQueue } from "./message_queue.ts";
import { type PersonTerminal, terminalPerson } from "./terminal_person.ts";
import { terminalSurface } from "./terminal_surface.ts";
import { Transcript } from "./transcript.ts";
import { TurnView } from "./turn_view.ts";

/** What a conversation is held with. */
export interface ConversationWorld {
  screen: Screen;
  palette: Palette;
  color: boolean;
  /** Whether lines are typed, and echoed, by the terminal itself. */
  isPlain: boolean;
  /** Milliseconds. */
  now(): number;
  /** Called once, after the prompt is on the screen. @throws {ToolError} which ends it all */
  open(surface: Surface): Promise<Chat>;
  /** Messages of earlier conversations, the oldest first. */
  loadHistory(): Promise<string[]>;
  remember(text: string): void;
  /** What shows answers; text as it is until it is loaded. */
  loadAnswer(): Promise<(columns: number) => AnswerView>;
  /** Lets the user change a text in their editor. @throws {ToolError} */
  edit(text: string): Promise<string | undefined>;
  /** Stops the process until the shell wakes it. */
  suspend(): Promise<void>;
  /** Writes what is no text to the terminal. */
  write(sequence: string): void;
}

/** What runs for a message. */
interface Running {
  view: TurnView;
  controller: AbortController;
}

/** Ctrl-C a second time within this leaves. */
const TWICE_MS = 2000;
/** Pieces of an answer are drawn together: some 30 times a second. */
const DRAW_MS = 33;
/** What still runs when the user leaves has this long to end. */
const LEAVE_MS = 2000;

/** A chat at a terminal: reads messages, runs them one after the other, and shows what happens. */
export class Conversation {
  readonly #world: ConversationWorld;
  readonly #input: InputLine;
  readonly #queue = new MessageQueue();
  readonly #transcript: Transcript;
  readonly #status = new ChatStatus();
  readonly #hint = new HintLine(TWICE_MS, () => this.draw());
  readonly #left = Promise.withResolvers<void>();
  readonly #person: ReturnType<typeof terminalPerson>;
  readonly #surface: Surface;
  #chat?: Chat;
  readonly #opened = Promise.withResolvers<Chat>();
  #running?: Running;
  #ended: Promise<void> = Promise.resolve();
  #cancelledAt = -Infinity;
  #isOver = false;

  constructor(world: ConversationWorld) {
    this.#world = world;
    this.#transcript = new Transcript(world.screen, world.palette);
    this.#input = new InputLine({
      submit: (text) => this.#submit(text),
      interrupt: () => this.#interrupt(),
      cancel: () => this.#cancel(),
      leave: () => this.leave(),
      complete: (line, cursor) => this.#complete(line, cursor),
      edit: (text) => void this.#edit(text).then((edited) => edited && this.#input.set(edited)),
      clear: () => this.#world.screen.clear(),
      suspend: () => void this.#world.suspend(),
      refused: (expected) => this.#hint.show(`not clear: ${expected}`),
      changed: () => this.draw(),
    });
    const terminal: PersonTerminal = {
      print: (lines) => this.#transcript.print(lines),
      ask: (placeholder, options) => {
        this.#promptPlainly(placeholder);
        return this.#input.ask(placeholder, options);
      },
      palette: world.palette,
      color: world.color,
      columns: () => world.screen.columns,
    };
    this.#person = terminalPerson(terminal);
    this.#surface = terminalSurface({
      ...terminal,
      printMarkdown: (markdown) => this.#transcript.printMarkdown(markdown),
      clear: () => this.#world.screen.clear(),
      edit: (text) => this.#edit(text),
      setInput: (text) => this.#input.set(text),
      write: (sequence) => this.#world.write(sequence),
    });
    world.screen.onResize(() => {
      this.#running?.view.resize(world.screen.columns);
      this.draw();
    });
  }

  /** Whether the user has left. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Until the user leaves. @throws {ToolError} when the chat cannot be opened */
  async run(): Promise<void> {
    this.draw();
    await painted();
    try {
      await Promise.race([this.#open(), this.#left.promise]);
      await this.#left.promise;
    } finally {
      this.#isOver = true;
      this.#hint.close();
      await this.#close();
    }
  }

  keys(keys: Key[]): void {
    if (!this.#isOver) this.#input.keys(keys);
  }

  /** Ctrl-C that came as a signal. */
  interrupt(): void {
    if (!this.#interrupt()) this.#cancel();
  }

  leave(): void {
    this.#isOver = true;
    this.#running?.controller.abort(new DOMException("the user has left", "AbortError"));
    this.#left.resolve();
  }

  draw(): void {
    if (this.#isOver) return;
    const { screen, palette } = this.#world;
    const { columns, rows } = screen;
    const { lines, cursor } = renderBottom({
      editor: this.#input.state,
      queue: this.#queue.texts,
      placeholder: this.#input.question ?? (this.#running ? "Ctrl-C stops" : "a message, or /help"),
      status: this.#hint.text ?? this.#statusBar(columns - 1),
    }, { columns, rows, palette });
    screen.setBottom(lines, cursor);
  }

  /** Where the terminal shows itself what is typed. */
  #promptPlainly(placeholder = ""): void {
    if (this.#world.isPlain) this.#world.write(placeholder ? `(${placeholder}) > ` : "> ");
  }

  async #open(): Promise<void> {
    void this.#world.loadHistory().then((list) => this.#input.history = list).catch(() => {});
    const transcript = this.#transcript;
    void this.#world.loadAnswer().then((open) => transcript.openAnswer = open).catch(() => {});
    this.#chat = await this.#world.open(this.#surface);
    this.#opened.resolve(this.#chat);
    transcript.printSession(this.#chat.session.data);
    // What cannot be loaded a turn will tell.
    void this.#status.load(this.#chat).then(() => this.draw()).catch(() => {});
    this.#next();
  }

  async #close(): Promise<void> {
    await atMost(LEAVE_MS, this.#ended);
    await this.#chat?.close();
  }

  #submit(text: string): boolean {
    if (!this.#queue.add(text)) {
      this.#hint.show("the queue is full; wait for an answer, or stop it with Ctrl-C");
      return false;
    }
    this.#input.history = [...this.#input.history, text];
    this.#world.remember(text);
    this.#next();
    return true;
  }

  /** Runs the next message, if nothing else runs. */
  #next(): void {
    if (!this.#chat || this.#running || this.#isOver) return;
    const text = this.#queue.take();
    if (text !== undefined) this.#ended = this.#run(text, this.#chat);
    else this.draw();
    if (text === undefined) this.#promptPlainly();
  }

  async #run(text: string, chat: Chat): Promise<void> {
    const { screen, palette, now, isPlain } = this.#world;
    if (!isPlain) this.#transcript.printMessage(text);
    const answer = this.#transcript.openAnswer(screen.columns);
    const controller = new AbortController();
    const { signal } = controller;
    const asksPlan = chat.settings.showPlan;
    const shown = {
      print: (lines: string[]) => this.#transcript.print(lines),
      setTail: (lines: string[]) => screen.setTail(lines),
    };
    const view = new TurnView({ ...shown, palette, now, answer, asksPlan, signal });
    this.#running = { view, controller };
    const timer = setInterval(() => (view.draw(), this.draw()), DRAW_MS);
    this.draw();
    try {
      await this.#perform(text, chat, this.#edge(view, signal));
    } catch (error) {
      this.#transcript.printError(error);
    } finally {
      clearInterval(timer);
      view.close();
      this.#running = undefined;
      this.#status.answered(view);
    }
    if (chat.isOver) this.leave();
    else this.#next();
  }

  async #perform(text: string, chat: Chat, edge: Edge): Promise<void> {
    const line = text.trim();
    if (line.startsWith("/") && await chat.command(line, this.#surface, edge)) return;
    await chat.say(text, edge);
  }

  #edge(view: TurnView, signal: AbortSignal): Edge {
    const emit: Edge["emit"] = (event) => {
      view.handle(event);
      if (event.type === "turn_ended") this.#status.turnEnded(event.turn);
    };
    return { person: this.#person, signal, emit };
  }

  /** Stops what runs, if anything does. */
  #interrupt(): boolean {
    if (!this.#running) return false;
    if (this.#cancel()) return true;
    this.#running.controller.abort(new DOMException("stopped by Ctrl-C", "AbortError"));
    const waiting = this.#queue.clear();
    if (waiting && this.#input.state.text === "" && !this.#input.question) this.#input.set(waiting);
    return true;
  }

  /** Leaves when this is the second time; else says what a second time would do. */
  #cancel(): boolean {
    const now = this.#world.now();
    const isSecond = now - this.#cancelledAt < TWICE_MS;
    this.#cancelledAt = now;
    if (isSecond) this.leave();
    else this.#hint.show("Ctrl-C again leaves");
    return isSecond;
  }

  /** Whoever types ahead of the chat waits for it. */
  async #complete(line: string, cursor: number) {
    const chat = await this.#opened.promise;
    return await chat.complete(line, cursor);
  }

  async #edit(text: string): Promise<string | undefined> {
    try {
      return await this.#world.edit(text);
    } catch (error) {
      this.#transcript.printError(error);
      return undefined;
    } finally {
      this.draw();
    }
  }

  #statusBar(columns: number): string {
    const status = this.#status.at({
      chat: this.#chat,
      view: this.#running?.view,
      isAsking: Boolean(this.#input.question),
      now: this.#world.now(),
    });
    return renderStatusBar(status, columns);
  }
}

/** Resolves when what was drawn is on the screen. */
function painted(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
