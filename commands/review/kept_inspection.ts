import type { Inspection } from "../../analysis/inspection.ts";
import { hashOf } from "../../config/hash_of.ts";

/** An inspection as the cache keeps it. */
export interface KeptInspection {
  /** See {@link inspectionId}. */
  id: string;
  /** Of the file's content. */
  hash: string;
  /** The inspection, in two lines: without its excerpts, and these. */
  text: string;
}

/** Undefined where the next time may tell something else: an engine failed. */
export function keepInspection(
  { excerpts, functions: _, ...inspection }: Inspection,
  id: string,
  bytes: Uint8Array,
): KeptInspection | undefined {
  if (inspection.issues.some(({ rule }) => rule === "analysis-failed")) return undefined;
  const text = `${JSON.stringify(inspection)}\n${JSON.stringify(excerpts)}`;
  return { id, hash: hashOf(bytes), text };
}

/** @param excerpts whether these are wanted */
export function readInspection(text: string, excerpts: boolean): Inspection {
  const end = text.indexOf("\n");
  return {
    ...JSON.parse(text.slice(0, end)),
    excerpts: excerpts ? JSON.parse(text.slice(end + 1)) : {},
  };
}

/** Under which key the inspection of a content is kept. */
export function inspectionKey(id: string, hash: string): string {
  return hashOf(`${id}\n${hash}`);
}
