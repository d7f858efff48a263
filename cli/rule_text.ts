import type { Rule } from "../analysis/rules/rules.ts";
import type { Output } from "./app.ts";
import { helpColumns, wrap } from "./help.ts";
import { sanitizeLine } from "./sanitize.ts";
import { type Palette, paletteOf } from "./style.ts";
import { renderTable } from "./table.ts";

/** A rule for reading: what it finds, its traits, why it matters and what to do. */
export function renderRule(rule: Rule, output: Output): string {
  const palette = paletteOf(output);
  return [
    `${palette.strong(sanitizeLine(rule.code))} ${sanitizeLine(rule.name)}\n`,
    paragraph(rule.summary, 0, output, palette),
    renderTraits(rule, palette),
    section("Why it matters", rule.why, output, palette),
    section("What to do", rule.instead, output, palette),
    rule.url && `${sanitizeLine(rule.url)}\n`,
  ].filter(Boolean).join("\n");
}

function renderTraits(rule: Rule, palette: Palette): string {
  const traits: [string, string][] = [
    ["linter", sanitizeLine(rule.linter)],
    ["severity", palette.severity[rule.severity](rule.severity)],
    ["category", rule.category],
    ["fix", describeFix(rule)],
    ["checked", describeChecked(rule)],
  ];
  if (rule.status !== "stable") traits.push(["status", rule.status]);
  return traits.map(([title, value]) => `  ${palette.quiet(title.padEnd(8))}  ${value}\n`).join("");
}

function describeChecked({ byDefault, code, linter }: Rule): string {
  if (byDefault) return "by default";
  const flag = `with --select ${sanitizeLine(code)}`;
  return linter === "Biome" ? `where biome.json asks for it, or ${flag}` : flag;
}

function describeFix({ fixable, safeFix }: Rule): string {
  if (fixable === "none") return "none: it takes a person";
  const safety = safeFix
    ? "safe unless the finding says otherwise"
    : "unsafe: look at what it does";
  return `${fixable}, ${safety}`;
}

function section(title: string, text: string | undefined, output: Output, palette: Palette) {
  return text && `${palette.strong(title)}\n${paragraph(text, 2, output, palette)}`;
}

function paragraph(text: string, indent: number, output: Output, palette: Palette): string {
  const margin = " ".repeat(indent);
  const lines = wrap(sanitizeLine(text), helpColumns(output) - indent).join(`\n${margin}`);
  return `${margin}${lines.replace(/`[^`\n]+`/g, (code) => palette.code(code))}\n`;
}

/** Rules as a table, in the order given. */
export function renderRuleList(rules: Rule[], output: Output): string {
  const palette = paletteOf(output);
  const columns = output.isTerminal ? output.columns : Infinity;
  return renderTable(rules, [
    { title: "rule", text: ({ code }) => code },
    {
      title: "severity",
      text: ({ severity }) => severity,
      paint: ({ severity }) => palette.severity[severity],
    },
    { title: "category", text: ({ category }) => category },
    { title: "name", cut: "end", text: ({ name }) => name },
  ], { columns, heading: palette.strong });
}
