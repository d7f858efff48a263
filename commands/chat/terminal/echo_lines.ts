import { sanitizeLine } from "../../../cli/sanitize.ts";
import { countOf, type Palette } from "../../../cli/style.ts";
import { truncateEnd } from "../../../cli/width.ts";

const MAX_LINES = 20;
const MAX_LINE = 2000;

/** A message as it stays on the screen once it is sent; of a long one the beginning. */
export function echoLines(text: string, palette: Palette): string[] {
  const lines = text.split("\n");
  const shown = lines.slice(0, MAX_LINES).map((line, i) => {
    const safe = truncateEnd(
      sanitizeLine(line.slice(0, MAX_LINE).replaceAll("\t", "    ")),
      MAX_LINE,
    );
    return `${palette.code(i === 0 ? ">" : "…")} ${palette.strong(safe)}`;
  });
  const left = lines.length - shown.length;
  return [
    "",
    ...shown,
    ...(left > 0 ? [palette.quiet(`… ${countOf(left, "more line")}`)] : []),
    "",
  ];
}
