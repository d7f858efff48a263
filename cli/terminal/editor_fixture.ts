import { applyKey } from "./editor.ts";
import { type EditorEffect, type EditorState, editorWith } from "./editor_state.ts";
import type { Key } from "./keys.ts";

/** Keys as tests write them: `ab<ctrl-a><enter>{pasted}`. */
export function keysOf(script: string): Key[] {
  return [...script.matchAll(/<([^<>]+)>|\{([^{}]*)\}|([^<{]+)/g)].map(([, name, paste, text]) => {
    if (name !== undefined) return { kind: "key", name };
    return paste !== undefined ? { kind: "paste", text: paste } : { kind: "text", text: text! };
  });
}

/** What is left after the keys, and what they asked for. */
export function press(
  script: string,
  { history = [], start = editorWith("") }: { history?: string[]; start?: EditorState } = {},
): { state: EditorState; effects: EditorEffect[] } {
  const effects: EditorEffect[] = [];
  let state = start;
  for (const key of keysOf(script)) {
    const applied = applyKey(state, key, { history });
    state = applied.state;
    if (applied.effect) effects.push(applied.effect);
  }
  return { state, effects };
}

/** The text with `|` where the cursor stands. */
export function shown({ text, cursor }: EditorState): string {
  return `${text.slice(0, cursor)}|${text.slice(cursor)}`;
}
