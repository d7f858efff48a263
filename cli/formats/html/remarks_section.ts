import type { FileReview } from "../../../analysis/review.ts";
import { type Markup, markup } from "../../html/markup.ts";
import { inlineCode } from "./inline_code.ts";

/** What would improve the one file that was asked for, and what is good in it. */
export function renderRemarks({ suggestions, compliments }: FileReview): Markup | undefined {
  if (suggestions.length + compliments.length === 0) return undefined;
  return markup`<section id="remarks" class="pair">
${list("To improve", "improve", suggestions)}
${list("What is good", "good", compliments)}
</section>`;
}

function list(title: string, kind: string, sentences: string[]): Markup | undefined {
  if (sentences.length === 0) return undefined;
  return markup`<div><h2>${title}</h2>
<ul class="remarks ${kind}">${
    sentences.map((sentence) => markup`<li>${inlineCode(sentence)}</li>`)
  }</ul></div>`;
}
