const KIBIBYTE = 1024;
const MEBIBYTE = 1024 * KIBIBYTE;

/**
 * Bytes as a person reads them.
 *
 * @param round to tenths of the unit: up for what is, down for what may be, so that they never look
 * the same where they differ. @default Math.ceil
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { sizeText } from "./size_text.ts";
 *
 * assert.equal(sizeText(1100), "1.1 KiB");
 * ```
 */
export function sizeText(bytes: number, round: (tenths: number) => number = Math.ceil): string {
  if (bytes < KIBIBYTE) return `${round(bytes)} bytes`;
  const [size, unit] = bytes < MEBIBYTE ? [KIBIBYTE, "KiB"] as const : [MEBIBYTE, "MiB"] as const;
  return `${round(10 * bytes / size) / 10} ${unit}`;
}
