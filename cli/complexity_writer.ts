import type { ComplexityReport } from "../analysis/complexity.ts";
import type { App } from "./app.ts";
import type { ComplexityTally } from "./complexity_tally.ts";

export const COMPLEXITY_FORMATS = ["text", "json", "csv"] as const;
export type ComplexityFormat = (typeof COMPLEXITY_FORMATS)[number];

/** Writes reports; JSON and CSV as they come, the table at the end. */
export interface ComplexityWriter {
  file(path: string, report: ComplexityReport): void;
  /** Says of a file that could not be measured. The message on stderr is the caller's. */
  problem(path: string, message: string): void;
  /** Completes the output, and sums up on stderr. */
  end(): void;
}

export interface ComplexityWriterOptions {
  /** Functions above this cyclomatic complexity stand out. */
  max?: number;
  /** Functions shown as text; 0 shows all. @default 0 */
  top?: number;
}

interface Renderer {
  header?(): string;
  file?(path: string, report: ComplexityReport): string;
  problem?(path: string, message: string): void;
  footer?(tally: ComplexityTally): string;
}

/**
 * Loads what the format needs; nothing is written before the first file or the end.
 *
 * @param format undefined: nothing but the line that sums up
 */
export async function createComplexityWriter(
  format: ComplexityFormat | undefined,
  app: App,
  { max, top = 0 }: ComplexityWriterOptions = {},
): Promise<ComplexityWriter> {
  const { createComplexityTally } = await import("./complexity_tally.ts");
  const { renderComplexitySummary } = await import("./complexity_table.ts");
  const tally = createComplexityTally(top, max);
  const renderer = await rendererOf(format, app, max);
  // Held back until something follows: a mistake found before that leaves the output empty.
  let pending = renderer.header?.() ?? "";
  const write = (text = "") => {
    if (pending + text) app.stdout.write(pending + text);
    pending = "";
  };
  return {
    file(path, report) {
      tally.add(path, report);
      write(renderer.file?.(path, report));
    },
    problem: (path, message) => renderer.problem?.(path, message),
    end() {
      write(renderer.footer?.(tally));
      if (format === "text" || format === undefined) {
        app.stderr.write(renderComplexitySummary(tally.summary(), max));
      }
    },
  };
}

async function rendererOf(
  format: ComplexityFormat | undefined,
  app: App,
  max?: number,
): Promise<Renderer> {
  if (format === undefined) return {};
  if (format === "csv") {
    const { CSV_HEADER, renderCsv } = await import("./complexity_csv.ts");
    return { header: () => CSV_HEADER, file: renderCsv };
  }
  if (format === "json") {
    const { createComplexityJson } = await import("./complexity_json.ts");
    const { footer, ...pieces } = createComplexityJson();
    return { ...pieces, footer: (tally) => footer(tally.summary()) };
  }
  const { renderComplexity } = await import("./complexity_table.ts");
  // What goes into a pipe is read by programs: nothing is cut there.
  const columns = () => app.stdout.isTerminal ? app.stdout.columns : Infinity;
  return {
    footer: (tally) =>
      renderComplexity(tally, { max, color: app.stdout.color, columns: columns() }),
  };
}
