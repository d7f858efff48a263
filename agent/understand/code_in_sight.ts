import type { Message } from "./read_message.ts";
import type { TurnState } from "../turn_state.ts";
import type { SubjectKind } from "./wish.ts";

/** Where a text is: in a file, or behind a reference; with both, the file does not have it yet. */
export interface Spot {
  /** Relative to the session's folder. */
  path?: string;
  /** `{{last.code}}`, `{{step1.code}}`. */
  reference?: string;
  language?: string;
}

/** What "this", "the tests" and "the review" mean when the message comes. */
export type Sight = Partial<Record<SubjectKind, Spot>>;

/** Code in the message comes first, then what is attached to it, then what was last spoken of. */
export async function codeInSight(state: TurnState, message: Message): Promise<Sight> {
  const { code, tests, review } = state.session.last;
  return {
    ...code ? { code: await spotOf("code", code, state) } : {},
    ...tests ? { tests: await spotOf("tests", tests, state) } : {},
    ...review ? { review: { reference: "{{last.review}}" } } : {},
    ...attachedCode(state),
    ...message.code
      ? { code: { reference: "{{message.code}}", language: message.code.language || undefined } }
      : {},
  };
}

/** A file is named rather than sent while it holds just what was spoken of. */
async function spotOf(
  kind: "code" | "tests",
  { text, language, path }: { text: string; language: string; path?: string },
  { world: { files } }: TurnState,
): Promise<Spot> {
  const spot = { reference: `{{last.${kind}}}`, language };
  if (path === undefined || !files.exists(path)) return spot;
  const onDisk = await files.readText(path).catch(() => undefined);
  return onDisk === text ? { path, language } : { ...spot, path };
}

/** The first thing that came along with the message: a file of the project, or a text. */
function attachedCode({ attachments, session, world }: TurnState): Sight {
  // What goes along with each message is not what this one is about.
  const index = attachments.findIndex(({ name }) => !session.files.includes(name));
  if (index < 0) return {};
  return { code: spotOfFile(attachments[index]!.name, attachments, world.files) };
}

/** What a name that was said stands for: a file, or else what is attached under it. */
export function spotOfFile(
  name: string,
  attachments: TurnState["attachments"],
  files: TurnState["world"]["files"],
): Spot {
  const index = attachments.findIndex((one) => one.name === name);
  return index >= 0 && !files.exists(name)
    ? { reference: `{{attachment${index + 1}}}` }
    : { path: name };
}
