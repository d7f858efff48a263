import { grouped } from "../../../cli/style.ts";
import type { Chat } from "../chat.ts";
import { markdownTable } from "../markdown_table.ts";
import type { SlashCommand } from "../slash_command.ts";

/** Of an answer, as it is counted for it: tokens. */
const REPLY_TOKENS = 2_000;

export const context: SlashCommand = {
  name: "context",
  summary: "show what fills the model's context",
  usage: "",
  async run(_argument, chat, surface) {
    const { used, leftOut, total } = await measure(chat);
    const share = (tokens: number) => `${(100 * tokens / total).toFixed(0)} %`;
    const sum = used.reduce((sum, { tokens }) => sum + tokens, 0);
    const rows = [...used, { part: "all", tokens: sum }, { part: "free", tokens: total - sum }]
      .map(({ part, tokens }) => [part, grouped(tokens), share(tokens)]);
    surface.print(markdownTable(["part", "tokens", `of ${grouped(total)}`], rows));
    for (const part of leftOut) surface.notice(`no room for ${part}`);
  },
};

/** What the next message would take along, without itself. */
async function measure({ session, files, models, settings, app }: Chat) {
  const [{ buildContext }, { readAttachments }, { openPreferences, preferencesPath }] =
    await Promise
      .all([
        import("../../../agent/build_context.ts"),
        import("../../../agent/read_attachments.ts"),
        import("../../../store/preferences.ts"),
      ]);
  const model = await models().get("chat");
  const { attachments } = await readAttachments({
    input: "",
    files: session.data.files,
    reader: files,
    servers: [],
  });
  const { used, leftOut } = buildContext({
    instructions: (await app.prompts.load("chat_answer")).instructions,
    question: "",
    session: session.data,
    preferences: openPreferences(preferencesPath(app.env)).list().map(({ text }) => text),
    attachments,
    results: [],
    model,
    maxTokens: REPLY_TOKENS,
    verbatim: settings.verbatimMessages,
  });
  return { used, leftOut, total: model.contextTokens };
}
