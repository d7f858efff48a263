import type { App } from "../cli/app.ts";
import type { Emit } from "../config/server_events.ts";
import type { PromptCatalog } from "../server/prompt_catalog.ts";
import type { Resources } from "../server/resources.ts";
import type { ResultStore } from "../server/results.ts";
import type { ToolEntry } from "../tools/mod.ts";

/** What a server offers beside tools; for all its clients, whatever their transport. */
export interface Catalogs {
  prompts: PromptCatalog;
  resources: Resources;
  results: ResultStore;
  /** Ends watching the user's folder. */
  close(): void;
}

export interface CatalogOptions {
  /** Those that are offered. */
  tools: ToolEntry[];
  /** Told of files that cannot be used. @default nobody is told */
  emit?: Emit;
}

/** Composes the prompts, resources and results of a server. Nothing is loaded before it is asked for. */
export function openCatalogs(_app: Pick<App, "config" | "env">, _options: CatalogOptions): Catalogs {
  throw new Error("not there yet");
}
