import { ProtocolError, ProtocolErrorCode, type Server } from "@modelcontextprotocol/server";
import { suggestion } from "../config/nearest.ts";
import { paginate } from "./paginate.ts";
import type { PromptCatalog } from "./prompt_catalog.ts";

/** Answers `prompts/…`. */
export function servePrompts(server: Server, catalog: PromptCatalog): void {
  server.setRequestHandler("prompts/list", async ({ params }) => {
    const { items, ...rest } = paginate(await catalog.list(), params?.cursor);
    return { prompts: items, ...rest };
  });
  server.setRequestHandler("prompts/get", async ({ params: { name, arguments: args = {} } }) => {
    return await catalog.get(name, args) ?? await refuseUnknown(catalog, name);
  });
}

async function refuseUnknown(catalog: PromptCatalog, name: string): Promise<never> {
  const names = (await catalog.list()).map((prompt) => prompt.name);
  const shown = JSON.stringify(name.slice(0, 64));
  throw new ProtocolError(
    ProtocolErrorCode.InvalidParams,
    `Cannot get ${shown}: no such prompt${suggestion(name, names)}`,
  );
}
