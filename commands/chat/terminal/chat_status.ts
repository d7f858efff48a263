import type { StatusBar } from "../../../cli/terminal/status_bar.ts";
import type { Turn } from "../../../sessions/session.ts";
import type { Chat } from "../chat.ts";
import type { TurnView } from "./turn_view.ts";

/** What is going on when the status is asked for. */
export interface Moment {
  /** Undefined while it is being opened. */
  chat?: Pick<Chat, "settings">;
  /** The turn that runs. */
  view?: Pick<TurnView, "status" | "since" | "tokensPerSecond">;
  /** Whether the user is asked something. */
  isAsking: boolean;
  /** Milliseconds, of the clock of `view`. */
  now: number;
}

/** What the status bar tells: what is known of the model, and what is going on. */
export class ChatStatus {
  #known: StatusBar = {};

  /** The model as it is configured, until a turn tells which one answered. @throws {ToolError} */
  async load({ app, session }: Pick<Chat, "app" | "session">): Promise<void> {
    const { values } = await app.config();
    const { model, context_tokens } = values.model.chat;
    this.#known = {
      ...this.#known,
      model: this.#known.model ?? (session.data.model || model),
      contextTokens: context_tokens,
    };
  }

  /** Of a turn that asked no model nothing is to be told. */
  turnEnded({ model, usage, timing: { firstTokenMs } }: Turn): void {
    if (model === "" || usage.prompt === 0) return;
    this.#known = { ...this.#known, model, contextUsed: contextUsed(usage), firstTokenMs };
  }

  /** The speed of an answer stays until the next one has its own. */
  answered({ tokensPerSecond }: Pick<TurnView, "tokensPerSecond">): void {
    if (tokensPerSecond) this.#known = { ...this.#known, tokensPerSecond };
  }

  at({ chat, view, isAsking, now }: Moment): StatusBar {
    if (!chat) return { activity: "Starting" };
    const status = { ...this.#known, approve: chat.settings.approve };
    if (!view) return status;
    return {
      ...status,
      activity: isAsking ? "Waiting for you" : view.status || "Working",
      elapsedMs: now - view.since,
      tokensPerSecond: view.tokensPerSecond ?? status.tokensPerSecond,
    };
  }
}

/** About what the model's last call held, in tokens. */
function contextUsed({ calls, prompt, completion }: Turn["usage"]): number {
  return Math.round((prompt + completion) / Math.max(1, calls));
}
