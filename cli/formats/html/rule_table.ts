import { SEVERITIES } from "../../../analysis/issue.ts";
import { type Markup, markup } from "../../html/markup.ts";
import { type HtmlColumn, htmlTable } from "../../html/table.ts";
import { countOf, grouped } from "../../style.ts";
import { ruleLink } from "./finding.ts";
import { inlineCode } from "./inline_code.ts";
import type { RuleRow } from "./report_tally.ts";

/** What is known of a rule. */
export interface RuleHelp {
  name: string;
  summary: string;
  /** Of the page about it. */
  url?: string;
}

export type FindRule = (code: string) => RuleHelp | undefined;

const MOST = 1000;

/** The rules that were broken, each with what it is about; a row's number shows its findings. */
export function renderRules(rules: RuleRow[], findRule: FindRule): Markup {
  const table = htmlTable<RuleRow>({
    id: "rules",
    caption: "Rules",
    filter: "Filter rules",
    columns: columnsOf(findRule),
    choices: [
      { label: "Severity", of: ({ severity }) => severity },
      { label: "Category", of: ({ category }) => category },
    ],
    rows: rules.slice(0, MOST),
    sorted: { column: 1, order: "descending" },
    more: rules.length > MOST ? `and ${countOf(rules.length - MOST, "more rule")}` : undefined,
  });
  return markup`<section aria-labelledby="rules-title"><h2 id="rules-title">Rules</h2>
${table}</section>`;
}

function columnsOf(findRule: FindRule): HtmlColumn<RuleRow>[] {
  return [
    {
      title: "Rule",
      cell: ({ rule }) => ruleLink(rule, findRule(rule)?.url),
      class: "name",
      sort: ({ rule }) => rule.toLowerCase(),
    },
    {
      title: "Findings",
      cell: ({ rule, count }) =>
        markup`<a href="#findings" data-show="${rule}">${grouped(count)}</a>`,
      numeric: true,
    },
    {
      title: "Safe fixes",
      cell: ({ fixable }) => fixable > 0 ? grouped(fixable) : "",
      numeric: true,
    },
    {
      title: "Severity",
      cell: ({ severity }) => markup`<span class="severity ${severity}">${severity}</span>`,
      sort: ({ severity }) => SEVERITIES.indexOf(severity),
    },
    { title: "Category", cell: ({ category }) => category, class: "word" },
    { title: "What it finds", cell: ({ rule }) => about(findRule(rule)), class: "summary" },
  ];
}

function about(rule: RuleHelp | undefined): Markup | undefined {
  return rule && markup`<span title="${rule.name}">${inlineCode(rule.summary)}</span>`;
}
