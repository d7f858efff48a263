/** Where a chat is shown: a terminal, or the streams of a script. All texts are made safe there. */
export interface Surface {
  /** Whether there is somebody who types. */
  readonly isInteractive: boolean;
  /** Resolves when nothing was typed for a moment. @throws the reason of `signal` */
  idle?(signal: AbortSignal): Promise<void>;
  /** Shows Markdown. */
  print(markdown: string): void;
  /** One line that is not part of the conversation. */
  notice(line: string): void;
  /** Asks in one line; undefined when nobody is there or they would not say. */
  ask(question: string, choices?: string[], signal?: AbortSignal): Promise<string | undefined>;
  /** Takes what was shown off the screen. */
  clear(): void;
  /** Lets the user change a text in their own editor; undefined when there is none. */
  edit(text: string): Promise<string | undefined>;
  /** Puts a text where the user types, to be changed and sent. */
  setInput(text: string): void;
  /** Puts a text on the clipboard; false when that is not possible. */
  copy(text: string): boolean;
}
