/** What models say to be polite, as whole sentences. */
const POLITE = [
  /^(?:sure(?: thing)?|certainly|of course|absolutely|great|no problem|okay|ok|enjoy)[!.,]*$/i,
  /^i(?:['’]d| would|['’]ll| will|['’]m| am)?(?: be)? (?:happy|glad) to (?:help|assist)\b/i,
  /^(?:i )?hope (?:this|that|it) (?:helps|is helpful|works|meets)\b/i,
  /^(?:please )?(?:let me know|feel free to (?:ask|contact|reach)|don['’]t hesitate to)\b/i,
  /^if you (?:have|need) (?:any|more|further|other)\b.{0,60}\b(?:let me know|feel free|ask)\b/i,
  /^(?:happy coding|good luck|have fun|you['’]re welcome)\b.{0,20}$/i,
  /^here(?:['’]s| is| are) (?:the|your) (?:\w+ )?(?:code|function|class|script|solution|tests?)[.!]$/i,
];

/** In front of a sentence that says something. */
const OPENING = /^(?:sure(?: thing)?|certainly|of course|absolutely|okay|ok)[!,] +(?=\w)/i;

/** And indented code. */
const LIST_ITEM = /^\s*(?:[-*+•]|\d+[.)])\s|^(?: {4}|\t)\S/;

/**
 * What a model says beside its code, without greetings and closings, and without lead-ins (`To
 * install it:`) to a block that stands elsewhere now. Whatever else it says stays as it is.
 */
export function tidyExplanation(prose: string): string {
  const lines = prose.split("\n");
  return lines
    .map((line, at) => LIST_ITEM.test(line) ? line : tidyLine(line, leadsNowhere(lines, at)))
    .join("\n").replace(/\n{3,}/g, "\n\n").trim();
}

/** A lead-in belongs to the line below it, or to a list after an empty one. */
function leadsNowhere(lines: string[], at: number): boolean {
  if (lines[at + 1]?.trim()) return false;
  const next = lines[at + 2];
  return next === undefined || !LIST_ITEM.test(next);
}

function tidyLine(line: string, isLast: boolean): string {
  const sentences = line.split(/(?<=[.!?])[ \t]+/);
  const kept = sentences.filter((sentence) =>
    !POLITE.some((polite) => polite.test(sentence.trim()))
  );
  if (isLast && /:[*_]*\s*$/.test(kept.at(-1) ?? "") && !/^\s*#/.test(line)) kept.pop();
  if (kept.length === sentences.length && !OPENING.test(line)) return line;
  return capitalize(kept.join(" ").replace(OPENING, ""));
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
