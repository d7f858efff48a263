import type { Issue } from "../../analysis/issue.ts";
import { fakeReview } from "../fake_review.ts";
import { createTally } from "../review_summary.ts";
import type { Renderer } from "./renderer.ts";

/** Everything a renderer writes of files with these issues, and of one that cannot be read. */
export function renderAll(
  renderer: Renderer,
  files: Record<string, Issue[]>,
  problems: Record<string, string> = { "gone.py": "no such file" },
): string {
  const tally = createTally({ statistics: true });
  let text = renderer.header?.() ?? "";
  for (const [path, issues] of Object.entries(files)) {
    const suppressed = issues.filter((issue) => issue.suppressed);
    const told = fakeReview(issues.filter((issue) => !issue.suppressed), { suppressed });
    tally.add(told);
    text += renderer.file(path, told, () => undefined);
  }
  for (const [path, message] of Object.entries(problems)) {
    text += renderer.problem?.(path, message) ?? "";
  }
  return text + (renderer.footer?.(tally.summary()) ?? "");
}
