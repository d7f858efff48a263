import { CallFault, endless } from "./endpoints/call_fault.ts";
import type { ChatReply, ChatRequest, Usage } from "./chat_model.ts";
import type { Profile } from "./profiles/profiles.ts";
import { dropOpenedThinking, ThinkingFilter } from "./structured/thinking.ts";
import { usageOf } from "./usage_of.ts";

/** A constrained model that is lost says nothing but blanks, to the last token. */
const MAX_BLANKS = 300;
/** Tokens are about 4 characters; the longest, runs of blanks, are about 30 times that. */
const MAX_CHARACTERS_PER_TOKEN = 32;
/** Every token comes in a line of its own, with names and times around it. */
const MAX_BYTES_PER_TOKEN = 2048;
const ALLOWANCE = 1 << 20;

/** Bytes that an answer takes at most on the wire, however a server wraps the tokens. */
export function maxReplyBytes({ maxTokens }: ChatRequest): number {
  return ALLOWANCE + maxTokens * MAX_BYTES_PER_TOKEN;
}

/** What the server says at the end of a reply. */
export interface ReplyEnd {
  done: ChatReply["done"];
  promptTokens?: number;
  completionTokens?: number;
}

/** A reply while it arrives: streams it on without the thinking, and ends what would never end. */
export class ReplyBuilder {
  readonly #request: ChatRequest;
  readonly #profile: Profile;
  readonly #filter = new ThinkingFilter();
  readonly #start = performance.now();
  #firstTokenMs?: number;
  #text = "";
  /** Characters that came, thinking included. */
  #came = 0;
  /** Blanks that came last. */
  #blanks = 0;
  /** Whether the server sends the thinking apart. */
  #thinksApart = false;

  constructor(request: ChatRequest, profile: Profile) {
    this.#request = request;
    this.#profile = profile;
  }

  /**
   * Takes the next piece.
   *
   * @returns whether to read on; false when the reply is whole and only blanks follow
   * @throws {CallFault} for a reply that goes on and on
   */
  push(piece: string): boolean {
    this.#came += piece.length;
    if (this.#came > MAX_CHARACTERS_PER_TOKEN * this.#request.maxTokens + MAX_BLANKS) {
      throw endless("the reply goes on after the tokens it was given");
    }
    this.#add(this.#filter.push(piece));
    const said = piece.trimEnd();
    this.#blanks = said === "" ? this.#blanks + piece.length : piece.length - said.length;
    return !this.#request.schema || this.#blanks <= MAX_BLANKS || this.#endAtBlanks();
  }

  /** Takes a piece of thinking that the server sends apart from the answer; it is no part of it. */
  pushThinking(piece: unknown): void {
    if (piece) this.#thinksApart = true;
  }

  /**
   * @param promptMessages as they were sent, for an estimate of what they took
   * @throws {CallFault} when nothing was said
   */
  finish(end: ReplyEnd, promptMessages: ChatRequest["messages"]): {
    text: string;
    done: ChatReply["done"];
    usage: Usage;
    timing: ChatReply["timing"];
  } {
    this.#add(this.#filter.end());
    const text = this.#mayHideThinking() ? dropOpenedThinking(this.#text) : this.#text;
    if (text.trim() === "" && end.done === "stop") throw this.#emptiness();
    const totalMs = performance.now() - this.#start;
    return {
      text,
      done: end.done,
      usage: usageOf(promptMessages, text, this.#profile, end),
      timing: { totalMs, firstTokenMs: this.#firstTokenMs ?? totalMs },
    };
  }

  /** Thinking that has been seen to be kept apart is not in the answer too. */
  #mayHideThinking(): boolean {
    return this.#profile.thinks && !this.#thinksApart && !this.#filter.thought;
  }

  #add(answer: string): void {
    if (answer === "") return;
    this.#firstTokenMs ??= performance.now() - this.#start;
    this.#text += answer;
    this.#request.onToken?.(answer);
  }

  #endAtBlanks(): false {
    try {
      JSON.parse(this.#text);
      return false;
    } catch {
      throw new CallFault("unusable", "the model says nothing but blanks");
    }
  }

  #emptiness(): CallFault {
    const thought = this.#thinksApart || this.#came > 0 && this.#text === "";
    return new CallFault(
      "unusable",
      thought ? "the model thinks, but gives no answer" : "the reply is empty",
    );
  }
}
