import type { FileReview } from "../analysis/review.ts";
import type { App } from "./app.ts";
import { writeDiff } from "./diff_text.ts";
import { countAll } from "./review_summary.ts";
import { sanitizeLine } from "./sanitize.ts";
import { countOf } from "./style.ts";

/** Shows what fixes would change, and on stderr how much that is. */
export interface FixPreview {
  file(path: string, review: FileReview, diff: string | undefined, patch?: Uint8Array): void;
  end(): void;
}

export function createFixPreview({ stdout, stderr }: Pick<App, "stdout" | "stderr">): FixPreview {
  let findings = 0, files = 0, left = 0;
  return {
    file(path, { fixed = [], fix_notes: notes = [], counts }, diff, patch) {
      if (diff !== undefined) {
        files++;
        writeDiff(diff, patch, stdout);
      }
      findings += fixed.reduce((sum, { count }) => sum + count, 0);
      left += countAll(counts);
      for (const note of notes) stderr.write(`${sanitizeLine(`${path}: note: ${note}`)}\n`);
    },
    end() {
      const would = files === 0
        ? "Nothing would be fixed"
        : `Would fix ${countOf(findings, "finding")} in ${countOf(files, "file")}`;
      stderr.write(`${would}, ${countOf(left, "finding")} would be left\n`);
    },
  };
}
