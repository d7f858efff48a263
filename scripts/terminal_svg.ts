/**
 * Draws docs/terminal.svg, the picture in README.md: what the binary really prints for the example.
 *
 *     deno run -A scripts/terminal_svg.ts
 */
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { capture, ROOT } from "./run.ts";

const COMMAND = ["review", "examples/shop/orders.py"];
const LINE_HEIGHT = 18;
const CHAR_WIDTH = 7.83;
const MARGIN = 16;

/** Attributes of SVG by code of "Select Graphic Rendition" (ECMA-48). */
const STYLES: Record<number, string> = {
  1: 'font-weight="bold"',
  2: 'fill="#8b949e"',
  31: 'fill="#ff7b72"',
  32: 'fill="#7ee787"',
  33: 'fill="#e3b341"',
  34: 'fill="#79c0ff"',
  35: 'fill="#d2a8ff"',
  36: 'fill="#76e3ea"',
  90: 'fill="#8b949e"',
};

// deno-lint-ignore no-control-regex
const SEQUENCE = /(\x1b\[[\d;]*m)/;

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** A line with its escape sequences as SVG spans. */
function toSpans(line: string): string {
  let codes: number[] = [];
  return line.split(SEQUENCE).map((part) => {
    if (!part.startsWith("\x1b")) return span(part, codes);
    codes = part.slice(2, -1).split(";").map(Number).reduce(applyCode, codes);
    return "";
  }).join("");
}

function applyCode(codes: number[], code: number): number[] {
  if (code === 0) return [];
  if (code === 22) return codes.filter((one) => one > 2);
  if (code === 39) return codes.filter((one) => one < 30);
  return [...codes, code];
}

function span(text: string, codes: number[]): string {
  if (text === "") return "";
  const style = codes.map((code) => STYLES[code]).filter(Boolean);
  const last = style.findLast((one) => one!.startsWith("fill"));
  const bold = style.find((one) => one!.startsWith("font"));
  return `<tspan ${[last, bold].filter(Boolean).join(" ")}>${escape(text)}</tspan>`;
}

function toSvg(lines: string[]): string {
  const longest = Math.max(...lines.map((line) => stripVTControlCharacters(line).length));
  const width = Math.ceil(longest * CHAR_WIDTH + 2 * MARGIN);
  const height = lines.length * LINE_HEIGHT + 2 * MARGIN;
  const rows = lines.map((line, i) =>
    `<text x="${MARGIN}" y="${MARGIN + (i + 0.8) * LINE_HEIGHT}" xml:space="preserve">${
      toSpans(line)
    }</text>`
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}"
  font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="13" fill="#e6edf3">
<title>devmcp ${COMMAND.join(" ")}</title>
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
${rows.join("\n")}
</svg>
`;
}

const binary = fileURLToPath(new URL("devmcp", ROOT));
const { stdout } = await capture(binary, ["--color", "always", ...COMMAND]);
const lines = [`\x1b[2m$\x1b[0m devmcp ${COMMAND.join(" ")}`, ...stdout.trimEnd().split("\n")];
await Deno.writeTextFile(new URL("docs/terminal.svg", ROOT), toSvg(lines));
