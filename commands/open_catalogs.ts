import type { App } from "../cli/app.ts";
import type { Emit } from "../config/server_events.ts";
import { userFolders } from "../config/folders.ts";
import { prompts, structures } from "../prompts/mod.ts";
import type { Offers } from "../prompts/offers.ts";
import { createPromptCatalog } from "../server/create_prompt_catalog.ts";
import { createResources } from "../server/create_resources.ts";
import type { PromptCatalog } from "../server/prompt_catalog.ts";
import type { Resources } from "../server/resources.ts";
import { codingStandards } from "../server/resources/coding_standards.ts";
import { personas } from "../server/resources/personas.ts";
import { projectStructures } from "../server/resources/project_structures.ts";
import { toolReferences } from "../server/resources/tool_references.ts";
import { createResults, type ResultStore } from "../server/results.ts";
import type { ToolEntry } from "../tools/mod.ts";
import { lazyOffers } from "./calls/lazy_offers.ts";
import { loadSchemas } from "./load_schemas.ts";

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
  /** The workspace, whose settings of Ruff count. @default the folder where devmcp was started */
  root?: string;
  /** Told of files that cannot be used. @default nobody is told */
  emit?: Emit;
}

/** Composes the prompts, resources and results of a server. What they need is loaded when asked for. */
export function openCatalogs(
  app: Pick<App, "config" | "env" | "cwd" | "openWorkspace">,
  { tools, root = app.cwd, emit }: CatalogOptions,
): Catalogs {
  const offers = lazyOffers(() => openOffers(app, emit));
  const results = createResults();
  const resources = createResources([
    personas(offers),
    codingStandards({
      config: async () => (await app.config()).values,
      ruffSettings: async () => (await app.openWorkspace(root, { confined: true })).ruffSettings(),
    }),
    projectStructures(structures),
    toolReferences({ tools, schemas: loadSchemas }),
    results,
  ]);
  return { prompts: createPromptCatalog(offers), resources, results, close: offers.close };
}

async function openOffers({ env }: Pick<App, "env">, emit?: Emit): Promise<Offers> {
  const { createOffers } = await import("../prompts/offers.ts");
  return createOffers({
    folder: `${userFolders(env).config}/prompts`,
    reserved: (name) => prompts.has(name),
    warn: (text) => emit?.({ type: "message", level: "warning", text }),
  });
}
