import type { Json } from "./biome_merge.ts";

/** What an `.editorconfig` says for one pattern of paths. */
type Section = [pattern: string, values: Map<string, string>];

/**
 * An `.editorconfig` as a configuration of Biome, which heeds of it how lines are indented and ended:
 * `[*]` for all files, other sections as overrides.
 */
export function fromEditorConfig(text: string): Json {
  const sections = readSections(text);
  const general = sections.find(([pattern]) => pattern === "*");
  return {
    formatter: toFormatter(general?.[1] ?? new Map()),
    overrides: sections.filter((one) => one !== general).map(([pattern, values]) => (
      { includes: toGlobs(pattern), formatter: toFormatter(values) }
    )),
  };
}

/** Longer lines say nothing, and could take long to read. */
const MAX_LINE_LENGTH = 500;

function readSections(text: string): Section[] {
  const sections: Section[] = [];
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (line.length > MAX_LINE_LENGTH) continue;
    const pattern = /^\s*\[(.+)\]\s*$/.exec(line)?.[1];
    if (pattern !== undefined) sections.push([pattern, new Map()]);
    const [, key, value] = /^\s*([^=:#;[\s]+)\s*[=:]\s*([^#;]*?)\s*(?:[#;].*)?$/.exec(line) ?? [];
    if (key) sections.at(-1)?.[1].set(key.toLowerCase(), value!.toLowerCase());
  }
  return sections;
}

/** With `indent_size = tab`, Biome takes four columns, whatever `tab_width` says. */
const TAB_COLUMNS = 4;

function toFormatter(values: Map<string, string>): { [key: string]: Json } {
  const formatter: { [key: string]: Json } = {};
  const style = values.get("indent_style"), size = values.get("indent_size");
  const ending = values.get("end_of_line");
  if (style === "tab" || style === "space") formatter.indentStyle = style;
  if (size === "tab") formatter.indentWidth = TAB_COLUMNS;
  else if (/^\d{1,2}$/.test(size ?? "")) formatter.indentWidth = Math.min(Number(size), 24);
  if (ending === "lf" || ending === "crlf" || ending === "cr") formatter.lineEnding = ending;
  return formatter;
}

/** Alternatives that one pattern stands for, at most. */
const MAX_GLOBS = 64;

/** Biome knows neither `{a,b}` nor `[ab]`; a pattern without a slash holds in every folder. */
function toGlobs(pattern: string): string[] {
  let globs = [pattern];
  for (let more = true; more && globs.length < MAX_GLOBS;) {
    const expanded = globs.flatMap(expandOnce);
    more = expanded.length > globs.length || expanded.some((glob, i) => glob !== globs[i]);
    globs = expanded;
  }
  return globs.slice(0, MAX_GLOBS).map((glob) =>
    glob.includes("/") ? glob.replace(/^\//, "") : `**/${glob}`
  );
}

function expandOnce(pattern: string): string[] {
  const [, before, braced, listed, after] =
    /^(.*?)(?:\{([^{}]*)\}|\[([^\]!-]+)\])(.*)$/.exec(pattern) ?? [];
  if (before === undefined) return [pattern];
  const options = braced === undefined ? [...listed!] : braced.split(",");
  return options.map((option) => before + option + after);
}
