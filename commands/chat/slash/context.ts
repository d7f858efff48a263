import { grouped } from "../../../cli/style.ts";
import { markdownTable } from "../markdown_table.ts";
import type { SlashCommand } from "../slash_command.ts";

type Part = { part: string; tokens: number };

export const context: SlashCommand = {
  name: "context",
  summary: "show what fills the model's context",
  usage: "",
  async run(_argument, chat, surface) {
    const { nextContext } = await import("../next_context.ts");
    const { used, leftOut, total } = await nextContext(chat);
    const sum = used.reduce((sum, { tokens }) => sum + tokens, 0);
    const parts = [...used, { part: "all", tokens: sum }];
    if (typeof total === "number") {
      surface.print(shares([...parts, { part: "free", tokens: total - sum }], total));
    } else {
      surface.print(markdownTable(["part", "tokens, about"], parts.map(rowOf)));
      surface.notice(`size of the context unknown: ${total.message}`);
    }
    for (const part of leftOut) surface.notice(`no room for ${part}`);
  },
};

function shares(parts: Part[], total: number): string {
  const share = (tokens: number) => `${(100 * tokens / total).toFixed(0)} %`;
  const rows = parts.map((part) => [...rowOf(part), share(part.tokens)]);
  return markdownTable(["part", "tokens", `of ${grouped(total)}`], rows);
}

function rowOf({ part, tokens }: Part): string[] {
  return [part, grouped(tokens)];
}
