import { grouped } from "../../../cli/style.ts";
import type { Turn } from "../../../sessions/session.ts";
import { lastTurn } from "../last_turn.ts";
import { markdownTable } from "../markdown_table.ts";
import type { SlashCommand } from "../slash_command.ts";

export const stats: SlashCommand = {
  name: "stats",
  summary: "show turns, calls, tokens and times of this session",
  usage: "",
  run(_argument, chat, surface) {
    const last = lastTurn(chat, "show figures");
    const { turns } = chat.session.data;
    const rows = MEASURES.map(([name, of, show]) => [
      name,
      show(of(last)),
      show(turns.reduce((sum, turn) => sum + of(turn), 0)),
    ]);
    const waits = turns.flatMap(({ timing }) => timing.firstTokenMs ?? []);
    const { firstTokenMs } = last.timing;
    rows.push([
      "time to the first token",
      firstTokenMs === undefined ? "-" : seconds(firstTokenMs),
      waits.length > 0 ? `${seconds(meanOf(waits))} on average` : "-",
    ]);
    surface.print(markdownTable(["", "last turn", `all ${turns.length}`], rows));
  },
};

const seconds = (ms: number) => `${(ms / 1000).toFixed(ms < 1000 ? 3 : 1)} s`;

const MEASURES: [name: string, of: (turn: Turn) => number, show: (value: number) => string][] = [
  ["calls of the model", ({ usage }) => usage.calls, grouped],
  ["tokens read", ({ usage }) => usage.prompt, grouped],
  ["tokens written", ({ usage }) => usage.completion, grouped],
  ["tool calls", ({ calls }) => calls.length, grouped],
  ["time", ({ timing }) => timing.totalMs, seconds],
  ["of it devmcp's own", ({ timing }) => timing.totalMs - timing.waitedMs, seconds],
];

function meanOf(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
