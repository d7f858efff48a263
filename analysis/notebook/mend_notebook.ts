import { applyGroups } from "../fixes/apply_edits.ts";
import type { Mended } from "../fixes/fix_passes.ts";
import type { Issue } from "../issue.ts";
import { parseNotebook } from "./parse_notebook.ts";
import { rewriteSources } from "./rewrite_sources.ts";

/** Applies fixes to the cells that their issues lie in; every other byte of the notebook stays. */
export function mendNotebook(text: string, issues: readonly Issue[]): Mended {
  const mended: Issue[] = [];
  const cells = parseNotebook(text).cells.flatMap(({ number, source, span }) => {
    const here = issues.filter(({ cell }) => cell === number);
    if (here.length === 0) return [];
    const { text: now, taken } = applyGroups(source, here.map(({ fix }) => fix!.edits));
    mended.push(...here.filter((_, index) => taken.has(index)));
    return now === source ? [] : [{ span, source: now }];
  });
  return { text: rewriteSources(text, cells), issues: mended };
}
