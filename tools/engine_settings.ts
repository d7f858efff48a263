import type { Engine, EngineConfig, EngineEntry } from "../analysis/engine.ts";
import type { FormatSettings } from "../analysis/format_source.ts";
import type { InspectionSettings } from "../analysis/inspect.ts";
import type { LanguageId } from "../analysis/languages.ts";
import { isRuffs } from "../analysis/reviewed_languages.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** What the project's own files configure for a file that is reviewed, or for code without one. */
export async function inspectionSettings(
  workspace: Workspace,
  path: string | undefined,
  language: LanguageId,
): Promise<InspectionSettings> {
  if (isRuffs(language)) return { ruff: await workspace.ruffSettings(path) };
  const { LINTERS } = await import("../analysis/linters.ts");
  return { configs: await configsFor(workspace, path, LINTERS[language] ?? []) };
}

/** What the project's own files configure for a file that is formatted, or for code without one. */
export async function formatSettings(
  workspace: Workspace,
  path: string | undefined,
  language: LanguageId,
): Promise<FormatSettings> {
  if (isRuffs(language)) return { ruff: await workspace.ruffSettings(path) };
  const { FORMATTERS } = await import("../analysis/formatters.ts");
  const entry = FORMATTERS[language];
  const configs = await configsFor(workspace, path, entry ? [entry] : []);
  return { config: entry && configs[entry.name] };
}

async function configsFor(
  workspace: Workspace,
  path: string | undefined,
  entries: readonly EngineEntry<Engine>[],
): Promise<Record<string, EngineConfig>> {
  const configs: Record<string, EngineConfig> = {};
  for (const { name, configFiles } of entries) {
    const config = await workspace.engineConfig(path, configFiles);
    if (config) configs[name] = config;
  }
  return configs;
}
