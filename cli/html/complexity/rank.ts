import type { Rank } from "../../../analysis/complexity.ts";
import { rankCyclomatic } from "../../../analysis/python/cyclomatic.ts";
import { type Markup, markup } from "../markup.ts";

/** radon's letters, and the cyclomatic complexity that each stands for. */
export const RANKS: readonly [Rank, string][] = [
  ["A", "1–5"],
  ["B", "6–10"],
  ["C", "11–20"],
  ["D", "21–30"],
  ["E", "31–40"],
  ["F", "above 40"],
];

/** The letter of a complexity, in its colour. */
export function renderRank(cyclomatic: number): Markup {
  return renderLetter(rankCyclomatic(cyclomatic));
}

/** A letter in its colour. */
export function renderLetter(letter: Rank): Markup {
  const index = RANKS.findIndex(([one]) => one === letter);
  return markup`<span class="rank r${index + 1}">${letter}</span>`;
}
