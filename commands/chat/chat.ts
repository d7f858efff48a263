import type { Emit } from "../../agent/events.ts";
import type { Person } from "../../agent/person.ts";
import type { Attachment } from "../../agent/turn_state.ts";
import type { AgentFiles, AgentSettings } from "../../agent/world.ts";
import type { App } from "../../cli/app.ts";
import type { McpHost } from "../../mcp_client/mcp_host.ts";
import type { Models } from "../../models/chat_model.ts";
import type { Turn } from "../../sessions/session.ts";
import type { OpenSession, SessionStore } from "../../sessions/session_store.ts";
import type { Surface } from "./surface.ts";

/** What a turn needs of the edge that shows it. */
export interface Edge {
  person: Person;
  /** Gets `turn_ended` only after the turn is on the disk. */
  emit: Emit;
  signal: AbortSignal;
}

/** A running chat, whatever shows it. */
export interface Chat {
  app: App;
  /** May be changed by slash commands (`/approve`, `/plan`). */
  settings: AgentSettings;
  store: SessionStore;
  /** Replaced by `/resume`, `/fork` and `/clear`. */
  session: OpenSession;
  host: McpHost;
  /** Those of the session's folder. */
  files: AgentFiles;
  /** Those that hold for the session: `/model` changes the one that talks. */
  models(): Models;
  /** Whether `/exit` was given. */
  isOver: boolean;
  /** Runs a message as a turn and saves it. Every failure is in the turn. */
  say(message: string, edge: Edge, options?: SayOptions): Promise<Turn>;
  /** Runs a line that begins with a slash. False when it is no command. */
  command(line: string, surface: Surface, edge: Edge): Promise<boolean>;
  /** What can follow what is typed: slash commands, `@files`, tools. */
  complete(line: string, cursor: number): Promise<Completion>;
  close(): Promise<void>;
}

export interface SayOptions {
  /** Whose words it is: only the person's own are searched for preferences. @default "person" */
  by?: "person" | "server" | "pipe";
  /** What goes along with it, besides the files that it names. */
  attachments?: Attachment[];
}

export interface Completion {
  /** Where in the line the completed word begins. */
  from: number;
  /** Whole words that could stand there, best first, at most 50. */
  candidates: string[];
}
