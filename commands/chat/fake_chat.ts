import type { Turn } from "../../sessions/session.ts";
import type { Chat, Edge } from "./chat.ts";
import { runCommand } from "./run_command.ts";
import { slashChat, type SlashChatOptions } from "./slash_fixture.ts";

/** What a message sets in motion; returns how the turn differs from one that simply succeeds. */
export type FakeTurn = (message: string, edge: Edge) => Promise<Partial<Turn> | void>;

/** A chat whose turns are played by the test, with real slash commands. For tests. */
export function fakeChat(play: FakeTurn, options: SlashChatOptions = {}): Chat {
  const { chat } = slashChat(options);
  chat.command = (line, surface, edge) => runCommand(line, chat, surface, edge);
  const sayNothing = chat.say;
  chat.say = async (message, edge) => {
    const turn = await sayNothing(message, edge);
    Object.assign(turn, await play(message, edge));
    edge.emit({ type: "turn_ended", turn });
    return turn;
  };
  return chat;
}
