import type { LineRange } from "../inspection.ts";
import { type ChangedRegion, changedRegions } from "../text/line_diff.ts";

/** Where lines of a text are in another one; undefined where they are no more. */
export type MoveLines = (lines: LineRange) => LineRange | undefined;

/** Follows lines from one text to the next; those of a part that was changed are all of that part. */
export function movedLines(before: string, after: string): MoveLines {
  const regions = changedRegions(linesOf(before), linesOf(after));
  return ({ first, last }) => {
    const from = move(first - 1, regions, "from"), to = move(last, regions, "to");
    return from < to ? { first: from + 1, last: to } : undefined;
  };
}

/** A place between lines, from 0. Inside a changed region it goes to the side that is asked for. */
function move(at: number, regions: ChangedRegion[], side: "from" | "to"): number {
  let shift = 0;
  for (const { before, after } of regions) {
    const isBehind = before.to < at || before.to === at && (side === "from" || before.from < at);
    if (isBehind) shift = after.to - before.to;
    else if (before.from < at || before.from === at && side === "from" && before.to > at) {
      return after[side];
    } else break;
  }
  return at + shift;
}

/** How a line of a notebook's cell ends: with the cell's last line, the one before it ends otherwise. */
const END_OF_STRING = /(?:\\n)?",?$/;

function linesOf(text: string): string[] {
  return text.split(/\r\n|\r|\n/).map((line) => line.replace(END_OF_STRING, '"'));
}
