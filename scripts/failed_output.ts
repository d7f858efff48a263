/** Where `deno test` begins to say what failed. */
const REPORT = /^ ?(?:ERRORS|FAILURES) ?$/m;

const MAX_CHARACTERS = 20_000;
const MAX_REST = 4000;

/**
 * What to show of a failed step: the part of `deno test` that names what failed comes first, as those
 * who show only the beginning would cut it off. All is bounded.
 */
export function failedOutput(output: string): string {
  const at = output.search(REPORT);
  if (at < 0) return ends(output, MAX_CHARACTERS);
  const rest = output.slice(0, at).trim();
  const report = ends(output.slice(at).trim(), MAX_CHARACTERS);
  return rest ? `${report}\n\nbefore it:\n${ends(rest, MAX_REST)}` : report;
}

/** The beginning and the end of a text. */
function ends(text: string, most: number): string {
  if (text.length <= most) return text;
  const half = Math.floor(most / 2);
  return `${text.slice(0, half)}\n… ${text.length - 2 * half} characters …\n${text.slice(-half)}`;
}
