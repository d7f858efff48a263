/** A notebook whose code cells have these sources. */
export function notebookOf(sources: string[], { indent = 1 }: { indent?: number } = {}): string {
  const cells = sources.map((source) => ({
    cell_type: "code",
    execution_count: null,
    metadata: {},
    outputs: [],
    source: source.match(/[^\n]*\n|[^\n]+$/g) ?? [],
  }));
  return `${
    JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }, null, indent)
  }\n`;
}

/** The sources of a notebook's cells. */
export function sourcesOf(notebook: string): string[] {
  return JSON.parse(notebook).cells.map(({ source }: { source: string | string[] }) =>
    typeof source === "string" ? source : source.join("")
  );
}
