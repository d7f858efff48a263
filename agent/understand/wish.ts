/** What the person wants done, before it is known on what exactly. */
export interface Wish {
  /** The tool that does it. */
  tool: string;
  /** What it is done to; absent where something new is made. */
  on?: Subject;
  /** What was said of its arguments. */
  arguments: Record<string, unknown>;
  /** Only when all before it went well: `… and if it is fine, save it`. */
  waits?: true;
  /** In a plan that a model made: its step, what that is for, and the steps it builds on. */
  planned?: { id: string; purpose: string; needs: string[] };
}

/** What a wish is about, as it was said. */
export type Subject =
  /** `this`, `the tests`, `your review`; `mended`: the code as the review mended it. */
  | { of: SubjectKind }
  | { path: string };

export type SubjectKind = "code" | "tests" | "review" | "mended";
