/** A conversation on an emulated terminal, its time and its user in the hands of the test. */
import { keysOf } from "../../../cli/terminal/editor_fixture.ts";
import { FakeTerminal } from "../../../cli/terminal/fake_terminal.ts";
import { createScreen } from "../../../cli/terminal/screen.ts";
import { paletteOf } from "../../../cli/style.ts";
import { type AnswerView, plainAnswer } from "./answer_view.ts";
import { Conversation, type ConversationWorld } from "./conversation.ts";

export interface FakeConversation {
  terminal: FakeTerminal;
  conversation: Conversation;
  /** Resolves when the user has left. */
  ended: Promise<void>;
  /** What was remembered for later conversations. */
  remembered: string[];
  /** What was written besides text. */
  sequences: string[];
  clock: { now: number };
  /** Types as `press` of the editor's tests does. */
  type(script: string): void;
  /** Resolves when the screen, and what scrolled off it, holds the text. */
  sees(text: string): Promise<void>;
}

export interface FakeConversationOptions {
  open: ConversationWorld["open"];
  history?: string[];
  edit?: (text: string) => Promise<string | undefined>;
  /** @default text as it is */
  answer?: (columns: number) => AnswerView;
  columns?: number;
  rows?: number;
}

export function startConversation(
  { open, history = [], edit, answer = plainAnswer, columns = 60, rows = 16 }:
    FakeConversationOptions,
): FakeConversation {
  const terminal = new FakeTerminal({ columns, rows });
  const clock = { now: 0 };
  const remembered: string[] = [];
  const sequences: string[] = [];
  const screen = createScreen(terminal, { terminal });
  const conversation = new Conversation({
    screen,
    palette: paletteOf({ color: false }),
    color: false,
    isPlain: false,
    now: () => clock.now,
    open,
    loadHistory: () => Promise.resolve(history),
    remember: (text) => void remembered.push(text),
    loadAnswer: () => Promise.resolve(answer),
    edit: edit ?? (() => Promise.resolve(undefined)),
    suspend: () => Promise.resolve(),
    write: (sequence) => void sequences.push(sequence),
  });
  const ended = conversation.run().finally(() => screen.close());
  return {
    terminal,
    conversation,
    ended,
    remembered,
    sequences,
    clock,
    type: (script) => conversation.keys(keysOf(script)),
    sees: (text) => until(() => terminal.allText.join("\n").includes(text), text, terminal),
  };
}

/** Longer is a hang. */
const MAX_ROUNDS = 5000;

async function until(isTrue: () => boolean, what: string, terminal: FakeTerminal): Promise<void> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    if (isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  throw new Error(`"${what}" was never seen:\n${terminal.allText.join("\n")}`);
}
