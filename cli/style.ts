import { createColors } from "picocolors";
import type { Severity } from "../analysis/issue.ts";
import type { Output } from "./app.ts";

/** How a text renderer may write: with colours or without, and in how many columns. */
export type TextStyle = Pick<Output, "color" | "columns">;

export type Paint = (text: string) => string;

/** The colours of each meaning, or none. */
export interface Palette {
  strong: Paint;
  quiet: Paint;
  good: Paint;
  code: Paint;
  severity: Record<Severity, Paint>;
}

export function paletteOf({ color }: Pick<TextStyle, "color">): Palette {
  const colors = createColors(color);
  return {
    strong: colors.bold,
    quiet: colors.dim,
    good: colors.green,
    code: colors.cyan,
    severity: {
      critical: (text) => colors.bold(colors.red(text)),
      major: colors.yellow,
      minor: colors.cyan,
      info: colors.blue,
    },
  };
}

/** `1 issue`, `1,812 issues`. */
export function countOf(count: number, one: string, many: string = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** `1,812`. `toLocaleString` would take 15 ms to load the languages' data. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}
