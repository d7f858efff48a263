import { atMost } from "../../config/at_most.ts";
import { createKeyDecoder, type Key } from "./keys.ts";

/** Where keys come from. */
export interface KeySource {
  /** As `Deno.stdin.read`: null at the end. */
  read(buffer: Uint8Array): Promise<number | null>;
  /** Whether keys come as they are pressed, unseen, instead of line by line. */
  setRaw(isRaw: boolean): void;
  /** To the terminal, to ask it for something. */
  write(sequence: string): void;
}

export interface Keyboard {
  /** Leaves the keys to another program; resolves when none of them is taken any more. */
  suspend(): Promise<void>;
  resume(): void;
  /** After somebody else may have changed the terminal. */
  refresh(): void;
  /** The terminal as it was; no key comes any more. */
  close(): void;
}

export interface KeyListener {
  keys(keys: Key[]): void;
  /** The terminal is gone. */
  end(): void;
}

const BRACKETED_PASTE_ON = "\x1b[?2004h";
const BRACKETED_PASTE_OFF = "\x1b[?2004l";
/** "How are you?"; every terminal answers. */
const STATUS_REPORT = "\x1b[5n";
/** So long a terminal may take to answer. */
const ANSWER_MS = 300;
/** What follows an Escape after a longer time is a key of its own. */
const ESCAPE_MS = 40;

/** Listens to the keys of a terminal, from now on. */
export function openKeyboard(source: KeySource, listener: KeyListener): Keyboard {
  const keyboard = new RawKeyboard(source, listener);
  keyboard.resume();
  return keyboard;
}

/** The keyboard of this process's terminal. */
export function terminalKeys(write: (sequence: string) => void): KeySource {
  return {
    read: (buffer) => Deno.stdin.read(buffer),
    setRaw: (isRaw) => Deno.stdin.setRaw(isRaw),
    write,
  };
}

class RawKeyboard implements Keyboard {
  #source: KeySource;
  #listener: KeyListener;
  #decoder = createKeyDecoder();
  #isActive = false;
  #reading?: Promise<void>;
  /** Whether a read has begun that only a key ends. */
  #isReading = false;
  #flushTimer?: ReturnType<typeof setTimeout>;

  constructor(source: KeySource, listener: KeyListener) {
    [this.#source, this.#listener] = [source, listener];
  }

  resume(): void {
    if (this.#isActive) return;
    this.#isActive = true;
    this.#source.setRaw(true);
    this.#source.write(BRACKETED_PASTE_ON);
    this.#reading ??= this.#readAll();
  }

  refresh(): void {
    if (this.#isActive) this.#source.setRaw(true);
  }

  /** A read that has begun cannot be taken back: the terminal is asked for what ends it. */
  async suspend(): Promise<void> {
    if (!this.#isActive) return;
    this.#stop(this.#isReading ? STATUS_REPORT : "");
    if (this.#reading) await atMost(ANSWER_MS, this.#reading);
    if (!this.#isActive) this.#leaveRaw();
  }

  close(): void {
    if (!this.#isActive) return;
    this.#stop();
    this.#leaveRaw();
  }

  #stop(ask = ""): void {
    this.#isActive = false;
    clearTimeout(this.#flushTimer);
    ifThere(() => this.#source.write(ask + BRACKETED_PASTE_OFF));
  }

  #leaveRaw(): void {
    ifThere(() => this.#source.setRaw(false));
  }

  async #readAll(): Promise<void> {
    const buffer = new Uint8Array(64 * 1024);
    try {
      while (this.#isActive) {
        this.#isReading = true;
        const length = await this.#source.read(buffer);
        this.#isReading = false;
        if (length === null) return this.#listener.end();
        this.#take(buffer.subarray(0, length));
      }
    } catch {
      if (this.#isActive) this.#listener.end();
    } finally {
      this.#reading = undefined;
    }
  }

  #take(bytes: Uint8Array): void {
    clearTimeout(this.#flushTimer);
    this.#tell(this.#decoder.decode(bytes));
    if (!this.#decoder.isWaiting) return;
    this.#flushTimer = setTimeout(() => this.#tell(this.#decoder.flush()), ESCAPE_MS);
  }

  #tell(keys: Key[]): void {
    if (keys.length > 0 && this.#isActive) this.#listener.keys(keys);
  }
}

/** A terminal that is gone needs nothing any more. */
function ifThere(work: () => void): void {
  try {
    work();
  } catch {
    // nobody can be told
  }
}
