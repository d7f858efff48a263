/** The line coverage of one source file. */
export interface FileCoverage {
  path: string;
  /** Lines that can be reached. */
  found: number;
  /** Lines that were reached. */
  hit: number;
}

/** Reads the line counts of an LCOV report (`SF`, `LF` and `LH` records). */
export function parseLcov(report: string): FileCoverage[] {
  return report.split("end_of_record").filter((record) => /^SF:/m.test(record)).map((record) => ({
    path: /^SF:(.*)$/m.exec(record)?.[1] ?? "",
    found: Number(/^LF:(\d+)$/m.exec(record)?.[1] ?? 0),
    hit: Number(/^LH:(\d+)$/m.exec(record)?.[1] ?? 0),
  }));
}

/** Reached lines of all files, in percent; 0 when there is nothing to reach. */
export function lineCoverage(files: FileCoverage[]): number {
  const found = files.reduce((sum, file) => sum + file.found, 0);
  const hit = files.reduce((sum, file) => sum + file.hit, 0);
  return found === 0 ? 0 : 100 * hit / found;
}

/** The files with the most lines that were not reached, one row each. */
export function describeGaps(files: FileCoverage[], rows = 10): string {
  return files
    .filter(({ found, hit }) => hit < found)
    .sort((a, b) => (b.found - b.hit) - (a.found - a.hit))
    .slice(0, rows)
    .map(({ path, found, hit }) => `  ${found - hit} of ${found} lines not reached: ${path}`)
    .join("\n");
}
