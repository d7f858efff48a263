import { completeWord, type WordCompletion } from "../../../cli/terminal/complete_word.ts";
import { applyKey } from "../../../cli/terminal/editor.ts";
import {
  type EditorEffect,
  type EditorState,
  editorWith,
} from "../../../cli/terminal/editor_state.ts";
import type { Key } from "../../../cli/terminal/keys.ts";

/** What somebody else has to do about a key. */
export interface InputListener {
  /** Whether the message is taken; else it stays where it is. */
  submit(text: string): boolean;
  /** Whether Ctrl-C is for something else than the input: for what runs. */
  interrupt(): boolean;
  /** Ctrl-C while there was nothing to clear. */
  cancel(): void;
  leave(): void;
  complete(line: string, cursor: number): Promise<WordCompletion>;
  edit(text: string): void;
  clear(): void;
  suspend(): void;
  /** An answer was not clear. @param expected what is */
  refused(expected: string): void;
  /** It has to be drawn anew. */
  changed(): void;
}

export interface AskOptions {
  /** Aborted: there is no answer any more. */
  signal?: AbortSignal;
  /** An answer that it refuses is typed again. @default any */
  accepts?(answer: string): boolean;
}

interface OpenQuestion extends AskOptions {
  /** Shown while nothing is typed. */
  placeholder: string;
  /** What was being typed when it was asked. */
  draft: EditorState;
  answer(text: string | undefined): void;
}

/** Where the user types: messages, and in between the answers to questions. */
export class InputLine {
  state = editorWith("");
  /** Earlier messages, the oldest first. */
  history: readonly string[] = [];
  #question?: OpenQuestion;
  #asked: Promise<unknown> = Promise.resolve();
  #listener: InputListener;

  constructor(listener: InputListener) {
    this.#listener = listener;
  }

  /** What is expected; undefined while no question is open. */
  get question(): string | undefined {
    return this.#question?.placeholder;
  }

  /** Puts a text there to be changed and sent. */
  set(text: string): void {
    this.state = editorWith(text, this.state);
    this.#listener.changed();
  }

  keys(keys: Key[]): void {
    for (const key of keys) this.#key(key);
    this.#listener.changed();
  }

  /**
   * The answer to a question, which the caller has shown; undefined when they would not say. What
   * was being typed is put aside. One question is asked at a time.
   */
  ask(placeholder: string, options: AskOptions = {}): Promise<string | undefined> {
    const answer = this.#asked.then(() => this.#open(placeholder, options));
    this.#asked = answer;
    return answer;
  }

  #open(placeholder: string, options: AskOptions): Promise<string | undefined> {
    const { signal } = options;
    if (signal?.aborted) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const decline = () => answer(undefined);
      const draft = this.state;
      const answer = (text: string | undefined) => {
        signal?.removeEventListener("abort", decline);
        this.#question = undefined;
        this.state = draft;
        this.#listener.changed();
        resolve(text);
      };
      signal?.addEventListener("abort", decline);
      this.#question = { ...options, placeholder, draft, answer };
      this.state = editorWith("", this.state);
      this.#listener.changed();
    });
  }

  #key(key: Key): void {
    const name = key.kind === "key" ? key.name : "";
    if (name === "ctrl-c" && !this.state.search && this.#listener.interrupt()) return;
    if (name === "escape" && this.#question && !this.state.search) {
      return this.#question.answer(undefined);
    }
    const before = this.state;
    const history = this.#question ? [] : this.history;
    const { state, effect } = applyKey(before, key, { history });
    this.state = state;
    if (effect) this.#act(effect, before);
  }

  #act(effect: EditorEffect, before: EditorState): void {
    if (this.#question && this.#answer(effect, this.#question)) return;
    switch (effect.kind) {
      case "submit":
        if (!this.#listener.submit(effect.text)) this.state = before;
        return;
      case "cancel":
        if (!effect.hadText) this.#listener.cancel();
        return;
      case "complete":
        return void this.#complete(effect);
      case "edit":
        return this.#listener.edit(this.state.text);
      default:
        return this.#listener[effect.kind]();
    }
  }

  /** Whether the effect was for the question. */
  #answer(effect: EditorEffect, question: OpenQuestion): boolean {
    if (effect.kind === "submit") this.#submitAnswer(effect.text.trim(), question);
    else if (effect.kind === "leave") question.answer(undefined);
    else if (effect.kind === "cancel" && !effect.hadText) question.answer(undefined);
    else return effect.kind === "complete" || effect.kind === "edit";
    return true;
  }

  #submitAnswer(text: string, { accepts, answer, placeholder }: OpenQuestion): void {
    if (accepts?.(text) ?? true) answer(text);
    else this.#listener.refused(placeholder);
  }

  async #complete({ line, cursor }: { line: string; cursor: number }): Promise<void> {
    const asked = this.state;
    const found = await this.#listener.complete(line, cursor).catch(() => undefined);
    if (!found) return;
    this.state = completeWord(this.state, asked, found);
    this.#listener.changed();
  }
}
