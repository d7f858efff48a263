import { isAdvice, type Issue } from "../../../analysis/issue.ts";
import type { LineAt } from "../../excerpt.ts";
import { type Markup, markup } from "../../html/markup.ts";
import { fixDiff } from "./fix_diff.ts";
import { inlineCode } from "./inline_code.ts";
import { sourceExcerpt } from "./source_excerpt.ts";

/** What a finding is shown with. */
export interface FindingPlace {
  /** Unique in the page, and the same in the next one. */
  id: string;
  /** Of the page about the rule, where there is one. */
  url?: string;
  lineAt: LineAt;
}

/** One finding: what, where, by which rule, its source and how to mend it. */
export function renderFinding(issue: Issue, { id, url, lineAt }: FindingPlace): Markup {
  const { severity, category, rule, message } = issue;
  return markup`<article class="finding ${severity}${
    isAdvice(issue) && " advice"
  }" id="${id}" tabindex="-1" data-severity="${severity}" data-category="${category}" data-rule="${rule}">
<h4><span class="severity ${severity}">${severity}</span> ${inlineCode(message)}</h4>
<p class="about"><a class="place" href="#${id}" title="Link to this finding">${
    placeOf(issue)
  }</a> ${ruleLink(rule, url)} <span>${category}</span>${said(issue)}</p>
${sourceExcerpt(issue, lineAt)}${mending(issue, lineAt)}</article>
`;
}

function placeOf({ line, column, cell }: Issue): string {
  return `${cell === undefined ? "" : `cell ${cell}, `}${line}:${column}`;
}

/** To its page, or to what the table of rules says of it. */
export function ruleLink(rule: string, url: string | undefined): Markup {
  if (url?.startsWith("https://")) {
    return markup`<a class="rule" href="${url}" rel="noreferrer">${rule}</a>`;
  }
  return markup`<span class="rule">${rule}</span>`;
}

/** Whether a model said so, and how sure it is. */
function said(issue: Issue): Markup | undefined {
  if (!isAdvice(issue)) return undefined;
  const { confidence } = issue;
  return markup` <span class="by">a model's advice${
    confidence !== undefined && `, confidence ${confidence}`
  }</span>`;
}

function mending({ fix, suggestion, cell }: Issue, lineAt: LineAt): (Markup | undefined)[] {
  return [
    suggestion
      ? markup`<p class="mend"><b>Suggestion</b> ${inlineCode(suggestion)}</p>\n`
      : undefined,
    fix &&
    markup`<div class="mend${!fix.safe && " unsafe"}"><p><b>${
      fix.safe ? "Safe fix" : "Unsafe fix"
    }</b> ${inlineCode(fix.message)}</p>${fixDiff(fix, lineAt, cell)}</div>\n`,
  ];
}
