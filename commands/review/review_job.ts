import type { FileFindings } from "../../analysis/baseline/baseline.ts";
import type { ComplexityLimits } from "../../analysis/metrics/complexity_limits.ts";
import type { FileChange } from "../../analysis/inspection.ts";
import type { LanguageId } from "../../analysis/languages.ts";
import type { FileReview, ReviewOptions } from "../../analysis/review.ts";
import type { StyleGuideName } from "../../analysis/rules/style_guides.ts";
import type { ModelMode } from "../../tools/model_review.ts";
import type { FixWish } from "./fix_file.ts";
import type { KeptInspection } from "./kept_inspection.ts";

/** Which file: on disk, or its bytes when they came through standard input or are those of git's index. */
export interface FileInput {
  path: string;
  /** Where it is not given, the file's name and first line tell. */
  language?: LanguageId;
  bytes?: Uint8Array;
  /** What a diff says of it: nothing else counts. @default all counts */
  change?: FileChange;
}

export interface ReviewJob extends FileInput, Omit<ReviewOptions, "change"> {
  kind: "review";
  styleGuide: StyleGuideName;
  select?: string[];
  ignore?: string[];
  /** What functions may have. @default DEFAULT_LIMITS */
  limits?: ComplexityLimits;
  /** Whether the issues' lines are wanted, for excerpts. */
  excerpts: boolean;
  /** Whether all that was found is wanted, for a baseline. @default false */
  wantsFound?: boolean;
  /** Whether a model reviews too. @default "off" */
  model?: ModelMode | "off";
  /** Whether what it finds counts like any other issue. @default false */
  countsAdvice?: boolean;
  /** Who looks, where what is found is to be kept. */
  keep?: string;
  /** Whether and how fixes are applied first. @default they are not */
  fix?: FixWish;
}

export interface ReviewedFile {
  review: FileReview;
  /** The lines that the issues' excerpts show, as an inspection has them. */
  excerpts: Record<string, string>;
  /** All that was found, whatever of it is shown; where it was wanted. */
  found?: FileFindings;
  /** For the cache, where that is wanted. */
  kept?: KeptInspection;
  /** What fixes would change, where they are only to be shown. */
  diff?: string;
  /** The same in the file's own encoding, where that is another one. */
  patch?: Uint8Array;
}
