import { ToolError } from "../config/tool_error.ts";
import type { EngineConfig, SourceText } from "./engine.ts";
import type { Engines } from "./engines.ts";
import { LANGUAGES } from "./languages.ts";
import type { RuffSettings } from "./ruff/ruff_settings.ts";

/** What is configured for a file that is formatted. */
export interface FormatSettings {
  /** For Python. */
  ruff?: RuffSettings;
  /** The engine's own configuration file. */
  config?: EngineConfig;
}

/**
 * The text as the formatter of its language lays it out.
 *
 * @throws {ToolError} when it cannot be parsed, nothing formats its language, or its configuration is broken
 */
export async function formatSource(
  engines: Engines,
  source: SourceText,
  { ruff, config }: FormatSettings = {},
): Promise<string> {
  if (source.language === "python" || source.language === "notebook") {
    return await formatWithRuff(engines, source, ruff);
  }
  const [{ FORMATTERS }, { formatWith }] = await Promise.all([
    import("./formatters.ts"),
    import("./format_with.ts"),
  ]);
  const entry = FORMATTERS[source.language];
  if (!entry) throw noFormatter(source);
  return await formatWith(engines, entry, source, config);
}

async function formatWithRuff(
  engines: Engines,
  { language, text }: SourceText,
  settings?: RuffSettings,
): Promise<string> {
  const { DEFAULT_SETTINGS } = await import("./ruff/ruff_settings.ts");
  const [ruff, ruffSettings] = [await engines.ruff(), settings ?? DEFAULT_SETTINGS];
  if (language === "python") return ruff.format(text, ruffSettings);
  const { formatNotebook } = await import("./notebook/format_notebook.ts");
  return formatNotebook(ruff, text, ruffSettings);
}

function noFormatter({ path, language }: SourceText): ToolError {
  const name = path === "" ? "the code" : JSON.stringify(path);
  return new ToolError(`Cannot format ${name}: nothing here formats ${LANGUAGES[language].title}`, {
    hint: "`devmcp languages` lists what can be done",
  });
}
