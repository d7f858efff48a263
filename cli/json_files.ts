import { toJson } from "./sanitize.ts";

/** A file that could not be done, as JSON outputs list it under `problems`. */
export interface FileProblem {
  path: string;
  message: string;
}

/**
 * What is said of many files, as JSON in pieces that are written one after the other: header, one
 * chunk per file, footer. Together they are
 *
 *     {"version":1,"files":[{"path":…,…}],"problems":[{"path":…,"message":…}],"summary":{…}}
 */
export function createJsonFiles() {
  const problems: FileProblem[] = [];
  let separator = "\n";
  return {
    header: (): string => `{"version":1,"files":[`,
    file(path: string, fields: object): string {
      const chunk = separator + toJson({ path, ...fields });
      separator = ",\n";
      return chunk;
    },
    /** Keeps it for the footer. */
    problem(path: string, message: string): void {
      problems.push({ path, message });
    },
    footer: (summary: object): string =>
      `\n],"problems":${toJson(problems)},"summary":${toJson(summary)}}\n`,
  };
}
