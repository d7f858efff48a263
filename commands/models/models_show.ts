import type { App } from "../../cli/app.ts";
import { renderRows, type Row } from "../../cli/help.ts";
import { sanitize, sanitizeLine, toJson } from "../../cli/sanitize.ts";
import { grouped, paletteOf } from "../../cli/style.ts";
import type { ModelDetails } from "../../models/ollama/ollama_admin.ts";
import { findOllama, openAdmin } from "./model_servers.ts";

interface ShowFlags {
  server?: string;
  json?: boolean;
}

/** `devmcp models show`: what the server says of one model. */
export async function showModel(name: string, app: App, flags: ShowFlags): Promise<void> {
  const server = await findOllama(app, { url: flags.server });
  const admin = await openAdmin(server);
  const details = await admin.show(name, { signal: app.signal });
  const { contextTokens, settings, ...rest } = details;
  const fields = { ...rest, context_tokens: contextTokens ?? null, settings: settings.split("\n") };
  app.stdout.write(
    flags.json
      ? `${toJson({ version: 1, name, server: server.shown, ...fields }, 2)}\n`
      : renderDetails(name, details, app),
  );
}

function renderDetails(name: string, details: ModelDetails, { stdout }: App): string {
  const { strong } = paletteOf(stdout);
  const { family, parameters, quantization, contextTokens, capabilities, settings, template } =
    details;
  const rows: Row[] = [
    ["family", family],
    ["parameters", parameters],
    ["quantization", quantization],
    ["context", contextTokens ? `${grouped(contextTokens)} tokens` : ""],
    ["capabilities", capabilities.slice(0, 32).join(", ")],
  ];
  const known = rows.filter(([, value]) => value !== "")
    .map(([term, value]): Row => [term, sanitizeLine(shorten(value))]);
  return [
    `${strong(sanitizeLine(name))}\n${renderRows(known, stdout)}`,
    ...block("Settings", settings, strong),
    ...block("Template", template, strong),
  ].join("\n");
}

const MAX_VALUE = 200;

function shorten(value: string): string {
  return value.length > MAX_VALUE ? `${value.slice(0, MAX_VALUE)}…`.toWellFormed() : value;
}

const MAX_LINES = 60;
const MAX_COLUMNS = 400;

/** A server's text, line by line; the rest of a long one is in the JSON. */
function block(title: string, text: string, strong: (text: string) => string): string[] {
  if (text.trim() === "") return [];
  const lines = text.trimEnd().split("\n", MAX_LINES + 1);
  const shown = lines.slice(0, MAX_LINES)
    .map((line) => `  ${sanitize(line.slice(0, MAX_COLUMNS).toWellFormed())}`);
  const isCut = lines.length > MAX_LINES || lines.some((line) => line.length > MAX_COLUMNS);
  const rest = isCut ? ["  … (--json shows all of it)"] : [];
  return [`${strong(`${title}:`)}\n${[...shown, ...rest].join("\n")}\n`];
}
