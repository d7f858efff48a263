/** A stretch of Markdown: a fenced block, or what is between two. */
export interface Stretch {
  kind: "code" | "prose";
  /** Of code without its fences. */
  text: string;
  /** What the fence says: `python`; of prose empty. */
  label: string;
}

/** Splits Markdown at its fenced blocks; one that does not end goes to the end. */
export function splitCode(markdown: string): Stretch[] {
  const stretches: (Stretch & { lines: string[] })[] = [];
  let fence = "";
  const begin = (kind: Stretch["kind"], label = "") =>
    stretches.push({ kind, text: "", label, lines: [] });
  begin("prose");
  for (const line of markdown.split("\n")) {
    const [, mark = "", rest = ""] = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
    if (fence === "" && mark !== "" && !rest.includes("`")) {
      fence = mark;
      begin("code", /^\s*([\w+#.-]{0,30})/.exec(rest)?.[1]);
    } else if (fence !== "" && mark.startsWith(fence) && rest.trim() === "") {
      fence = "";
      begin("prose");
    } else stretches.at(-1)!.lines.push(line);
  }
  return stretches.map(({ kind, label, lines }) => ({ kind, label, text: lines.join("\n") }))
    .filter(({ kind, text }) => kind === "code" || text.trim() !== "");
}
