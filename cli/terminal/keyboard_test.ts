import assert from "node:assert/strict";
import { type Keyboard, type KeySource, openKeyboard } from "./keyboard.ts";

/** A terminal that a test types on. It answers a status report. */
class FakeKeys implements KeySource {
  written = "";
  isRaw = false;
  isGone = false;
  #waiting?: (bytes: Uint8Array | null) => void;

  async read(buffer: Uint8Array): Promise<number | null> {
    const bytes = await new Promise<Uint8Array | null>((resolve) => this.#waiting = resolve);
    this.#waiting = undefined;
    if (bytes) buffer.set(bytes);
    return bytes && bytes.length;
  }

  setRaw(isRaw: boolean): void {
    if (this.isGone) throw new Deno.errors.BrokenPipe();
    this.isRaw = isRaw;
  }

  write(sequence: string): void {
    if (this.isGone) throw new Deno.errors.BrokenPipe();
    this.written += sequence;
    if (sequence.includes("\x1b[5n")) this.type("\x1b[0n");
  }

  type(text: string): void {
    this.#waiting?.(new TextEncoder().encode(text));
  }

  end(): void {
    this.#waiting?.(null);
  }

  get isRead(): boolean {
    return this.#waiting !== undefined;
  }
}

/** `heard` resolves with the next keys. */
function listen(): { source: FakeKeys; keyboard: Keyboard; heard: () => Promise<string> } {
  const source = new FakeKeys();
  let tell = (_: string) => {};
  const keyboard = openKeyboard(source, {
    keys: (keys) => tell(keys.map((key) => key.kind === "key" ? key.name : key.text).join()),
    end: () => tell("the end"),
  });
  return { source, keyboard, heard: () => new Promise((resolve) => tell = resolve) };
}

Deno.test("openKeyboard() hears keys, an Escape alone too", async () => {
  const { source, keyboard, heard } = listen();
  let next = heard();
  source.type("a\x1b[A");
  assert.equal(await next, "a,up");
  next = heard();
  source.type("\x1b");
  assert.equal(await next, "escape");
  assert.ok(source.isRaw);
  keyboard.close();
  assert.ok(!source.isRaw);
  assert.equal(source.written, "\x1b[?2004h\x1b[?2004l");
});

Deno.test("openKeyboard() leaves the keys to another program, and takes them back", async () => {
  const { source, keyboard, heard } = listen();
  await keyboard.suspend();
  assert.ok(!source.isRaw);
  assert.ok(!source.isRead, "a read would take the other program's keys");
  keyboard.resume();
  const next = heard();
  source.type("b");
  assert.equal(await next, "b");
  keyboard.close();
});

Deno.test("openKeyboard() asks the terminal for nothing when a key has led to it", async () => {
  const source = new FakeKeys();
  const { promise, resolve } = Promise.withResolvers<void>();
  const keyboard: Keyboard = openKeyboard(source, {
    keys: () => resolve(keyboard.suspend()),
    end() {},
  });
  source.type("x");
  await promise;
  assert.equal(source.written, "\x1b[?2004h\x1b[?2004l");
  assert.ok(!source.isRead);
});

Deno.test("openKeyboard() tells when the terminal is gone", async () => {
  const { source, keyboard, heard } = listen();
  const next = heard();
  source.end();
  assert.equal(await next, "the end");
  source.isGone = true;
  keyboard.close();
});
