import type { CommandEntry } from "./command.ts";
import type { Output } from "./app.ts";
import { COLOR_MODES } from "./output.ts";

/** An option that every command takes. */
export interface GlobalOption {
  flags: string;
  description: string;
  choices?: readonly string[];
  fallback?: string;
}

/** The options of devmcp itself, besides --help and --version. */
export const GLOBAL_OPTIONS: GlobalOption[] = [
  {
    flags: "--color <when>",
    description: "when to colour the output",
    choices: COLOR_MODES,
    fallback: "auto",
  },
  { flags: "--debug", description: "show stack traces of errors" },
];

/** Help is easier to read in a column than over the whole of a wide screen. */
const MAX_COLUMNS = 100;
const MIN_COLUMNS = 24;
const INDENT = 2;
const GAP = 2;
/** Columns that a description beside its term needs. */
const MIN_DESCRIPTION = 20;

const ABOUT = "reviews, formats and measures code, offline and in one binary";
const MORE = 'Run "devmcp help <command>" for its options and examples.';

/** Columns for help on this output. */
export function helpColumns({ columns }: Output): number {
  return Math.max(MIN_COLUMNS, Math.min(columns, MAX_COLUMNS));
}

/**
 * The help of devmcp itself, written from the light table: it is what most people start with, and
 * loading commander for it would cost a fifth of the start-up.
 */
export function renderHelp(version: string, commands: CommandEntry[], output: Output): string {
  const title = (text: string) => output.color ? `\x1b[1m${text}\x1b[0m` : text;
  const of = (kind: "command" | "tool") =>
    commands.filter((entry) => (entry.kind ?? "command") === kind)
      .map(({ name, summary }): Row => [name, summary]);
  const options: Row[] = [
    ...GLOBAL_OPTIONS.map(({ flags, description, choices, fallback }): Row => [
      flags,
      description + (choices ? `: ${choices.join(", ")} (default: ${fallback})` : ""),
    ]),
    ["-h, --help", "show help for devmcp or a command"],
    ["-V, --version", "show the version"],
  ];
  const groups: [string, Row[]][] = [
    ["Commands:", of("command")],
    ["Tools, as an MCP client calls them:", of("tool")],
    ["Options:", options],
  ];
  const shown = groups.filter(([, rows]) => rows.length > 0);
  const width = Math.max(...shown.flatMap(([, rows]) => rows.map(([term]) => term.length)));
  return [
    `${wrap(`devmcp ${version}: ${ABOUT}`, helpColumns(output)).join("\n")}\n`,
    `${title("Usage:")} devmcp <command> [options]\n`,
    ...shown.map(([name, rows]) =>
      `${title(name)}\n${rows.map((row) => renderRow(row, width, helpColumns(output))).join("")}`
    ),
    `${wrap(MORE, helpColumns(output)).join("\n")}\n`,
  ].join("\n");
}

/** What is named, and what is said of it. */
export type Row = [term: string, description: string];

/** Rows in two columns, as help shows them; descriptions wrap. */
export function renderRows(rows: Row[], output: Output): string {
  const width = Math.max(0, ...rows.map(([term]) => term.length));
  return rows.map((row) => renderRow(row, width, helpColumns(output))).join("");
}

/** One row, its description beside its term, or below it where there is no room. */
export function renderRow([term, description]: Row, width: number, columns: number): string {
  const start = INDENT + width + GAP;
  if (columns - start < MIN_DESCRIPTION) return renderStacked(term, description, columns);
  const lines = wrap(description, columns - start);
  const [first = "", ...rest] = lines;
  const head = `${" ".repeat(INDENT)}${term.padEnd(width + GAP)}${first}`;
  return [head, ...rest.map((line) => " ".repeat(start) + line)].join("\n") + "\n";
}

/** The description below its term, where beside it is no room. */
function renderStacked(term: string, description: string, columns: number): string {
  const start = INDENT + 2 * GAP;
  const lines = wrap(description, columns - start).map((line) => " ".repeat(start) + line);
  return [" ".repeat(INDENT) + term, ...lines].join("\n") + "\n";
}

/** Breaks text at spaces into lines of at most `columns`, longer words excepted. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    const fits = last !== undefined && last.length + 1 + word.length <= columns;
    if (fits) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
