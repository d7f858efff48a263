/** Tabs as spaces, up to the next column that is a multiple of four. */
export function expandTabs(text: string): string {
  if (!text.includes("\t")) return text;
  let out = "";
  for (const part of text.split(/(\t)/)) {
    out += part === "\t" ? " ".repeat(4 - out.length % 4) : part;
  }
  return out;
}
