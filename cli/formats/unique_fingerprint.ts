import type { Issue } from "../../analysis/issue.ts";
import { hashOf } from "../../config/hash_of.ts";

/** Fingerprints of one file's issues: no two of a report are the same, or one of them would hide the other. */
export function createUnique(path: string): (issue: Issue) => string {
  const seen = new Map<string, number>();
  return ({ rule, fingerprint = rule }) => {
    const count = (seen.get(fingerprint) ?? 0) + 1;
    seen.set(fingerprint, count);
    return uniqueFingerprint(path, count > 1 ? `${fingerprint}\0${count}` : fingerprint);
  };
}

/** Of something in a file, in hexadecimal digits. */
export function uniqueFingerprint(path: string, fingerprint: string): string {
  return hashOf(`${path}\0${fingerprint}`).slice(0, 32);
}
