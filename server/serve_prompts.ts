import {
  isInputRequiredResult,
  ProtocolError,
  ProtocolErrorCode,
  type Server,
} from "@modelcontextprotocol/server";
import { suggestion } from "../config/nearest.ts";
import { clientCapabilities } from "./client_capabilities.ts";
import { fillPromptArguments } from "./fill_prompt_arguments.ts";
import { recordOf } from "./observe.ts";
import { paginate } from "./paginate.ts";
import type { PromptCatalog } from "./prompt_catalog.ts";

/** Answers `prompts/…`. */
export function servePrompts(server: Server, catalog: PromptCatalog): void {
  server.setRequestHandler("prompts/list", async ({ params }) => {
    const { items, ...rest } = paginate(await catalog.list(), params?.cursor);
    return { prompts: items, ...rest };
  });
  server.setRequestHandler("prompts/get", async ({ params }, ctx) => {
    const { name, arguments: args = {} } = params;
    const prompt = (await catalog.list()).find((one) => one.name === name);
    // One that cannot be used is in no list, and says why when asked for.
    if (!prompt) return await catalog.get(name, args) ?? await refuseUnknown(catalog, name);
    recordOf(ctx).target = name;
    const client = clientCapabilities(ctx, server);
    const filled = fillPromptArguments(prompt, args, client, ctx.mcpReq.inputResponses);
    if (isInputRequiredResult(filled)) return filled;
    return await catalog.get(name, filled) ?? await refuseUnknown(catalog, name);
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
