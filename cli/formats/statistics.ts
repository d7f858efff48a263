import type { RuleCount } from "../review_summary.ts";
import { sanitizeLine } from "../sanitize.ts";
import { grouped, paletteOf, type TextStyle } from "../style.ts";
import { type Column, renderTable } from "../table.ts";

/** Fewer columns have room for the rules' names alone. */
const NARROW = 64;

const FIXES: Column<RuleCount> = {
  title: "safe fixes",
  align: "right",
  text: ({ fixable }) => fixable > 0 ? grouped(fixable) : "",
};

/** How many findings there are of each rule; empty without findings. */
export function renderStatistics(counts: RuleCount[], style: TextStyle): string {
  if (counts.length === 0) return "";
  const palette = paletteOf(style);
  const columns: Column<RuleCount>[] = [
    { title: "findings", align: "right", text: ({ count }) => grouped(count) },
    {
      title: "severity",
      text: ({ severity }) => severity,
      paint: ({ severity }) => palette.severity[severity],
    },
    { title: "rule", text: ({ rule }) => sanitizeLine(rule) },
    ...style.columns < NARROW ? [] : [FIXES],
  ];
  return renderTable(counts, columns, { columns: style.columns, heading: palette.strong });
}
