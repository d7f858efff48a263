import type { Keyboard, KeyListener, KeySource } from "../../../cli/terminal/keyboard.ts";

/** Lines of a terminal that knows no sequences: each is typed text and Enter. */
export function openLineKeys(source: Pick<KeySource, "read">, listener: KeyListener): Keyboard {
  const utf8 = new TextDecoder();
  let isOpen = true;
  const readAll = async () => {
    const buffer = new Uint8Array(64 * 1024);
    while (isOpen) {
      const length = await source.read(buffer);
      if (length === null) return listener.end();
      const lines = utf8.decode(buffer.subarray(0, length), { stream: true }).split("\n");
      lines.forEach((text, i) => {
        if (text !== "") listener.keys([{ kind: "text", text }]);
        if (i < lines.length - 1) listener.keys([{ kind: "key", name: "enter" }]);
      });
    }
  };
  readAll().catch(listener.end);
  return {
    suspend: () => Promise.resolve(),
    resume() {},
    refresh() {},
    close: () => void (isOpen = false),
  };
}
