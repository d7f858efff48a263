import type { ReviewFlags } from "./review_options.ts";
import type { ChosenFormat } from "./review_targets.ts";
import type { Watching } from "./watch/watching.ts";

/** What was asked for, the formats found out. */
export type ReviewWish = ReviewFlags & { chosen: ChosenFormat[]; watching?: Watching };
