import { LANGUAGES } from "../../../analysis/languages.ts";
import type { LanguageTotals } from "../../complexity_tally.ts";
import type { Markup } from "../markup.ts";
import { htmlTable } from "../table.ts";
import type { PageTally } from "./page_tally.ts";
import { numberColumn, tableSection } from "./table_section.ts";

/** The languages, most lines first; nothing without any. */
export function languagesSection({ summary: { languages } }: PageTally): Markup | undefined {
  if (languages.length === 0) return undefined;
  const table = htmlTable<LanguageTotals>({
    id: "languages-table",
    caption: "Languages",
    filter: "Filter by name",
    sorted: { column: 3, order: "descending" },
    columns: [
      { title: "Language", cell: ({ language }) => LANGUAGES[language].title },
      numberColumn(
        "Worst",
        "Highest cyclomatic complexity",
        (one) => one.highest_cyclomatic ?? "–",
      ),
      numberColumn(
        "Mean",
        "Mean of the functions",
        (one) => one.mean_cyclomatic?.toFixed(1) ?? "–",
      ),
      numberColumn("Lines", "Lines", ({ lines }) => lines),
      numberColumn("Functions", "Functions", ({ functions }) => functions),
      numberColumn("Files", "Files", ({ files }) => files),
    ],
    rows: languages,
  });
  return tableSection("languages", "Languages", "", table);
}
