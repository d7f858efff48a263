import type { Profile } from "./profiles/profiles.ts";

/** What a model is for: `code` writes and judges code, `chat` talks and plans. */
export type Role = "code" | "chat";
export const ROLES = ["code", "chat"] as const;

/** How a server is spoken to; `client`: the model of the MCP client that calls us. */
export type BackendKind = "ollama" | "openai" | "local_chat" | "client" | "scripted";

export interface ChatMessage {
  role: "system" | "user" | "assistant";
  content: string;
}

export type JsonSchema = Record<string, unknown>;

export interface ChatRequest {
  messages: ChatMessage[];
  /** The reply is to be JSON of this schema. A backend that cannot constrain a reply ignores it. */
  schema?: JsonSchema;
  /** The reply's length at most, in tokens; always sent. */
  maxTokens: number;
  /** @default the profile's */
  temperature?: number;
  seed?: number;
  /** Ends the call at once; the reason is thrown. */
  signal?: AbortSignal;
  /** Called with each piece of the reply as it arrives. */
  onToken?(text: string): void;
  /**
   * Called when what came through `onToken` is void and the reply starts anew, at another endpoint.
   * Without it a reply that was begun and broke off is an error.
   */
  onRestart?(): void;
}

export interface Usage {
  promptTokens: number;
  completionTokens: number;
  /** True when the server told nothing and the figures are estimates. */
  estimated: boolean;
}

export interface ChatReply {
  text: string;
  /** `length`: cut off at `maxTokens` or at the end of the context; never a whole answer. */
  done: "stop" | "length";
  usage: Usage;
  timing: {
    totalMs: number;
    /** From the request to the first piece of the reply. */
    firstTokenMs: number;
  };
  /** The model that answered, and where it runs. */
  model: string;
  endpoint: string;
}

/** A model that answers. */
export interface ChatModel {
  readonly model: string;
  /** The server's URL, without credentials. */
  readonly endpoint: string;
  readonly kind: BackendKind;
  /** Tokens that prompt and reply share; sent with every call where the server takes it. */
  readonly contextTokens: number;
  readonly profile: Profile;
  /** What one call may take; absent where nothing limits it. */
  readonly timeoutMs?: number;
  /**
   * @throws {ModelError} for everything that goes wrong at the server or on the way to it
   * @throws the reason of `request.signal` once that is aborted
   */
  chat(request: ChatRequest): Promise<ChatReply>;
}

/** A model that turns texts into vectors. */
export interface Embedder {
  /** Vectors of different models cannot be compared. */
  readonly model: string;
  /** A vector for each text, in their order. @throws {ModelError} */
  embed(texts: string[], options?: { signal?: AbortSignal }): Promise<number[][]>;
}

/** The models of this process, each found when it is first asked for, and kept. */
export interface Models {
  /**
   * The model of a role.
   *
   * @throws {ModelError} of kind `none` when no server runs or it has no fitting model
   */
  get(role: Role, options?: { signal?: AbortSignal }): Promise<ChatModel>;
}

/** What a backend is made from. */
export interface BackendOptions {
  /** The server's base URL, as the user gave it. */
  url: string;
  model: string;
  profile: Profile;
  contextTokens: number;
  /** Of one whole call. */
  timeoutMs: number;
  apiKey?: string;
  /** How long Ollama keeps the model in memory after a call, such as `5m`; -1 keeps it. */
  keepAlive?: string;
  /** @default globalThis.fetch */
  fetch?: typeof fetch;
}
