/** A chunk of its own: loaded when there is time, or code to show. */
import type { HLJSApi, Language, LanguageFn, Mode } from "highlight.js";
import core from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import c from "highlight.js/lib/languages/c";
import cpp from "highlight.js/lib/languages/cpp";
import csharp from "highlight.js/lib/languages/csharp";
import css from "highlight.js/lib/languages/css";
import diff from "highlight.js/lib/languages/diff";
import dockerfile from "highlight.js/lib/languages/dockerfile";
import go from "highlight.js/lib/languages/go";
import ini from "highlight.js/lib/languages/ini";
import java from "highlight.js/lib/languages/java";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import kotlin from "highlight.js/lib/languages/kotlin";
import markdown from "highlight.js/lib/languages/markdown";
import php from "highlight.js/lib/languages/php";
import python from "highlight.js/lib/languages/python";
import ruby from "highlight.js/lib/languages/ruby";
import rust from "highlight.js/lib/languages/rust";
import sql from "highlight.js/lib/languages/sql";
import typescript from "highlight.js/lib/languages/typescript";
import xml from "highlight.js/lib/languages/xml";
import yaml from "highlight.js/lib/languages/yaml";

/** By the names that fences use; the first of each row is the grammar's. */
const LANGUAGES: [names: string, grammar: LanguageFn][] = [
  ["bash sh shell zsh console shell-session shellsession", bash],
  ["c h", c],
  ["cpp c++ cc cxx hpp", cpp],
  ["csharp c# cs", csharp],
  ["css scss less", css],
  ["diff patch", diff],
  ["dockerfile docker", dockerfile],
  ["go golang", go],
  ["ini toml conf properties", ini],
  ["java", simpleJava],
  ["javascript js jsx mjs cjs node", javascript],
  ["json jsonc json5", json],
  ["kotlin kt kts", kotlin],
  ["markdown md", markdown],
  ["php", php],
  ["python py python3 pyi", python],
  ["ruby rb", ruby],
  ["rust rs", rust],
  ["sql postgresql sqlite mysql", sql],
  ["typescript ts tsx mts", typescript],
  ["xml html svg xhtml vue", xml],
  ["yaml yml", yaml],
];

/** Longer patterns take tens of milliseconds to compile, for which nothing else can run. */
const LONGEST_PATTERN = 1000;

/** Without the types that may nest in each other before a method's name; its keywords are still found. */
function simpleJava(hljs: HLJSApi): Language {
  const grammar = java(hljs);
  const lengthOf = ({ begin }: Mode) => [begin ?? ""].flat().map(sourceOf).join("").length;
  const isSimple = (mode: Mode | "self") => mode === "self" || lengthOf(mode) < LONGEST_PATTERN;
  return { ...grammar, contains: grammar.contains.filter(isSimple) };
}

function sourceOf(pattern: string | RegExp): string {
  return typeof pattern === "string" ? pattern : pattern.source;
}

const names = new Map(
  LANGUAGES.flatMap(([all, grammar]) => {
    const [first, ...others] = all.split(" ") as [string, ...string[]];
    return [first, ...others].map((name) => [name, { name: first, grammar }] as const);
  }),
);

/** Whose code stands in that of another. */
const INNER: Record<string, string[]> = {
  dockerfile: ["bash"],
  javascript: ["xml", "css"],
  markdown: ["xml"],
  typescript: ["xml", "css"],
  xml: ["javascript", "css"],
};

/** The function that marks code in HTML, as highlight.js does; undefined for an unknown language. */
export function findMarker(language: string): ((code: string) => string) | undefined {
  const found = names.get(language);
  if (!found) return undefined;
  const { name } = found;
  for (const one of [name, ...INNER[name] ?? []]) register(one);
  return (code) => core.highlight(code, { language: name, ignoreIllegals: true }).value;
}

function register(name: string): void {
  if (!core.getLanguage(name)) core.registerLanguage(name, names.get(name)!.grammar);
}
