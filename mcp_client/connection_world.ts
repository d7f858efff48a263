import type { Env } from "../config/folders.ts";
import type { Models } from "../models/chat_model.ts";
import type { AgreedServers } from "../store/agreed_servers.ts";
import type { KnownTools } from "../store/known_tools.ts";
import type { OAuthTokens } from "../store/oauth_tokens.ts";
import type { HostPerson } from "./host_person.ts";
import { createLimit, type Limit } from "./limit.ts";

/** What connections to other servers work with. */
export interface ConnectionWorld {
  version: string;
  /** Absolute; where programs start and what servers get as their root. */
  folder: string;
  env: Env;
  person: HostPerson;
  /** Whether servers may ask the person and the model while they work. @default true */
  takesQuestions?: boolean;
  /** For what servers want the chat model to write. */
  models: Models;
  agreed: AgreedServers;
  known: KnownTools;
  tokens: OAuthTokens;
  /** The person is asked one thing after the other. */
  ask: Limit;
  /** Connects so many at once. */
  connecting: Limit;
  /** What a server has to answer when it is connected. @default a minute, or its own timeout if longer */
  connectMs?: number;
  /** Before a lost connection is tried again; then twice as long each time. @default 500 */
  retryMs?: number;
  /** One line, which may be hostile. */
  log(level: "debug" | "warning", message: string): void;
  /** Ends everything. */
  signal: AbortSignal;
}

const MOST_CONNECTING = 8;

/** The limits that all connections share. */
export function connectionLimits(): Pick<ConnectionWorld, "ask" | "connecting"> {
  return { ask: createLimit(1), connecting: createLimit(MOST_CONNECTING) };
}
