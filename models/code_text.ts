import { type FencedBlock, splitFences } from "./structured/fences.ts";
import { labelsOf } from "./languages.ts";

/** Code as it may be meant in a reply. */
export interface CodeCandidate {
  /** Without indentation that all of it has; ends with one line break. */
  code: string;
  /** What the reply says beside it. */
  prose: string;
  /** False: it may be something else, unless it turns out to be valid. */
  isLikely: boolean;
}

/** What a reply holds of code. */
export interface CodeText {
  /** The likeliest first; empty when there is nothing like code. */
  candidates: CodeCandidate[];
  /** What the code ends with: its closing fence, the reply within a block, or the reply without any. */
  end: "fence" | "open" | "unfenced";
}

/** Labels of what goes with code, and is none in the language that was asked for. */
const BESIDE_CODE = new Set([
  ...["bash", "sh", "shell", "zsh", "console", "terminal", "powershell", "cmd"],
  ...["text", "txt", "plaintext", "output", "json", "yaml", "toml", "diff", "markdown", "md"],
]);

/** A block this much larger than the rest is the answer, and the rest are examples of its use. */
const LARGE_SHARE = 0.6;

/** Without any of these, unfenced text is a sentence even where it parses as code. */
const LOOKS_LIKE_CODE = /[=({;:]/;

/**
 * Finds the code of `language` in a reply: its blocks by their label, else unlabelled ones, else
 * those of another label, which is often just the wrong word; without any block, the text itself.
 * Several blocks are parts to be joined, or one answer with examples.
 */
export function readCode(text: string, language: string): CodeText {
  const { blocks, prose } = splitFences(text);
  const filled = blocks.filter(({ code }) => code.trim() !== "");
  if (filled.length === 0) return { candidates: unfenced(text), end: "unfenced" };
  const end = blocks.every(({ closed }) => closed) ? "fence" : "open";
  return { candidates: fenced(filled, language, prose), end };
}

function fenced(blocks: FencedBlock[], language: string, prose: string): CodeCandidate[] {
  const wanted = choose(blocks, language);
  const isLikely = wanted !== undefined;
  const codes = (wanted ?? blocks).map(({ code }) => unindent(code));
  const largest = codes.reduce((a, b) => b.length > a.length ? b : a);
  const joined = codes.join("\n");
  const ordered = largest.length >= LARGE_SHARE * joined.length
    ? [largest, joined]
    : [joined, largest];
  return [...new Set(ordered)].map((code) => ({ code, prose, isLikely }));
}

function choose(blocks: FencedBlock[], language: string): FencedBlock[] | undefined {
  const labels = labelsOf(language);
  const groups = [
    blocks.filter(({ label }) => labels.includes(label)),
    blocks.filter(({ label }) => label === ""),
    blocks.filter(({ label }) => label !== "" && !BESIDE_CODE.has(label)),
  ];
  return groups.find((group) => group.length > 0);
}

/** The whole text, and the same without what may be a first or a last paragraph of prose. */
function unfenced(text: string): CodeCandidate[] {
  const paragraphs = text.replace(/\r\n?/g, "\n").trim().split(/\n[ \t]*\n/);
  const count = paragraphs.length;
  const ranges = [[0, count], [1, count], [0, count - 1], [1, count - 1]] as const;
  return ranges
    .filter(([start, end]) => start < end)
    .map(([start, end]) => ({
      code: unindent(paragraphs.slice(start, end).join("\n\n")),
      prose: [...paragraphs.slice(0, start), ...paragraphs.slice(end)]
        .map((paragraph) => paragraph.trim()).join("\n\n"),
      isLikely: false,
    }))
    .filter(({ code }) => LOOKS_LIKE_CODE.test(code));
}

/** Removes the indentation that every line has, and blank lines at both ends. */
function unindent(code: string): string {
  const lines = code.split("\n");
  const common = lines.filter((line) => line.trim() !== "").map(indentOf).reduce(sharedStart, "");
  const text = lines.map((line) => line.slice(common.length)).join("\n");
  return `${text.replace(/^(?:[ \t]*\n)+/, "").trimEnd()}\n`;
}

function indentOf(line: string): string {
  return line.slice(0, line.length - line.trimStart().length);
}

function sharedStart(a: string, b: string, index: number): string {
  if (index === 0) return b;
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return a.slice(0, length);
}
