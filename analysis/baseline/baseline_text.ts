import { isObject } from "../../config/is_object.ts";
import { ToolError } from "../../config/tool_error.ts";
import type { KnownFinding } from "./baseline.ts";

const VERSION = 1;
const MOST_FINDINGS = 1_000_000;

/** A baseline as JSON, one finding a line, so that two branches' changes merge. */
export function writeBaseline(findings: readonly KnownFinding[]): string {
  const lines = findings.map(({ path, rule, fingerprint }) =>
    `\n${JSON.stringify({ path, rule, fingerprint })}`
  );
  return `{"version":${VERSION},"findings":[${lines.join(",")}\n]}\n`;
}

/**
 * Reads what {@link writeBaseline} wrote.
 *
 * @param path for messages
 * @throws {ToolError} when it is none
 */
export function readBaseline(text: string, path: string): KnownFinding[] {
  const value = parse(text, path);
  if (!isObject(value) || value.version === undefined || !Array.isArray(value.findings)) {
    throw broken(path, "it is no baseline of devmcp");
  }
  if (value.version !== VERSION) {
    throw new ToolError(
      `Cannot use the baseline ${JSON.stringify(path)}: it is of another version`,
      {
        hint: `this devmcp knows version ${VERSION}; update devmcp, or make the baseline anew`,
      },
    );
  }
  if (value.findings.length > MOST_FINDINGS) {
    throw broken(path, `it has more than ${MOST_FINDINGS} findings`);
  }
  return value.findings.map((finding, index) => {
    if (isFinding(finding)) return finding;
    throw broken(path, `its finding ${index + 1} has no path, rule or fingerprint`);
  });
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const isConflict = /^(<{7}|={7}|>{7})/m.test(text);
    throw broken(path, isConflict ? "it holds the marks of a merge conflict" : "it is not JSON");
  }
}

function isFinding(value: unknown): value is KnownFinding {
  return isObject(value) &&
    ["path", "rule", "fingerprint"].every((key) => typeof value[key] === "string");
}

function broken(path: string, state: string): ToolError {
  return new ToolError(`Cannot use the baseline ${JSON.stringify(path)}: ${state}`, {
    hint: "mend it, or remove it and run again with --update-baseline",
  });
}
