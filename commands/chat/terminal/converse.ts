import type { App } from "../../../cli/app.ts";
import { paletteOf } from "../../../cli/style.ts";
import type { Highlight } from "../../../cli/terminal/highlight.ts";
import { type Keyboard, openKeyboard, terminalKeys } from "../../../cli/terminal/keyboard.ts";
import type { Key } from "../../../cli/terminal/keys.ts";
import { createScreen } from "../../../cli/terminal/screen.ts";
import type { Chat } from "../chat.ts";
import type { Surface } from "../surface.ts";
import { turnOfOthers } from "../turn_of_others.ts";
import { plainAnswer } from "./answer_view.ts";
import { Conversation } from "./conversation.ts";
import { editMessage } from "./edit_message.ts";
import { openLineKeys } from "./line_keys.ts";
import { createPauses } from "./pauses.ts";
import { onSignals, stopJob } from "./signals.ts";

/**
 * Holds a conversation at the terminal until the user leaves, and gives the terminal back as it was.
 *
 * @param open makes the chat; called after the prompt is on the screen
 * @param options.remembers whether what is typed is kept for later conversations
 * @throws {ToolError} when the chat cannot be opened
 */
export async function converse(
  open: (surface: Surface) => Promise<Chat>,
  app: App,
  { remembers }: { remembers: boolean },
): Promise<void> {
  const { stdout } = app;
  const isPlain = app.env("TERM") === "dumb";
  const screen = createScreen(stdout, { isPlain });
  const write = (sequence: string) => stdout.write(sequence);
  const history = openHistory(app);
  const sleeping: (() => void)[] = [];
  const pauses = createPauses();
  const woken = (tell: () => void) => void sleeping.push(tell);
  const lend = async <T>(work: () => T | Promise<T>): Promise<T> => {
    screen.suspend();
    await keyboard.suspend();
    try {
      return await work();
    } finally {
      keyboard.resume();
      screen.resume();
      conversation.draw();
    }
  };
  const conversation: Conversation = new Conversation({
    screen,
    palette: paletteOf(stdout),
    color: stdout.color,
    isPlain,
    now: () => performance.now(),
    open: (surface) => open({ ...surface, idle: pauses.idle }),
    loadHistory: async () => (await history()).entries(),
    remember: (text) => {
      if (remembers) void history().then((one) => one.add(text)).catch(() => {});
    },
    loadAnswer: () => isPlain ? Promise.resolve(plainAnswer) : loadMarkdown(stdout.color),
    edit: (text) => lend(() => editMessage(text, app.env)),
    suspend: () => lend(() => stopJob(woken)),
    write,
  });
  const listener = {
    keys: (keys: Key[]) => {
      pauses.typed();
      conversation.keys(keys);
      // What is typed from now on is for the shell.
      if (conversation.isOver) keyboard.close();
    },
    end: () => conversation.leave(),
  };
  const openKeys = isPlain ? openLineKeys : openKeyboard;
  const keyboard: Keyboard = openKeys(terminalKeys(write), listener);
  const wake = () => {
    // A shell may have changed the terminal meanwhile.
    keyboard.refresh();
    for (const tell of sleeping.splice(0)) tell();
  };
  await keepTerminal({ conversation, keyboard, screen, app, wake });
}

/** Whatever ends the conversation, the terminal is left as it was. */
async function keepTerminal({ conversation, keyboard, screen, app, wake }: {
  conversation: Conversation;
  keyboard: Keyboard;
  screen: { close(): void };
  app: App;
  wake(): void;
}): Promise<void> {
  const restore = () => {
    keyboard.close();
    screen.close();
  };
  const events = ["error", "unhandledrejection", "unload"] as const;
  for (const event of events) addEventListener(event, restore);
  const stopListening = onSignals({
    interrupt: () => conversation.interrupt(),
    end: (code) => {
      app.exitCode = code;
      conversation.leave();
      restore();
    },
    wake,
  });
  try {
    await conversation.run();
  } finally {
    stopListening();
    for (const event of events) removeEventListener(event, restore);
    restore();
  }
}

/** What was typed in all chats; its code is loaded when it is first asked for. */
function openHistory({ env }: App) {
  const load = async () => {
    const [{ openInputHistory }, { userFolders }] = await Promise.all([
      import("../../../store/input_history.ts"),
      import("../../../config/folders.ts"),
    ]);
    return openInputHistory(`${userFolders(env).state}/input_history.jsonl`);
  };
  let opened: ReturnType<typeof load> | undefined;
  return () => opened ??= load();
}

/** A grammar takes some 10 ms at its first line, for which typing would wait while an answer comes. */
const USUAL_LANGUAGES = ["python", "javascript", "typescript", "json", "bash"];

/** Code has its colours a little later. */
async function loadMarkdown(color: boolean) {
  let highlight: Highlight | undefined;
  const loadColors = async () => {
    const { loadHighlight } = await import("../../../cli/terminal/highlight.ts");
    highlight = await loadHighlight();
    for (const language of USUAL_LANGUAGES) {
      await turnOfOthers();
      highlight(language)?.("", "");
    }
  };
  const { markdownAnswer } = await import("./markdown_answer.ts");
  if (color) setTimeout(() => void loadColors().catch(() => {}), 0);
  return (columns: number) => markdownAnswer({ columns, color, highlight });
}
