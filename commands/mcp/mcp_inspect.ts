import type { App } from "../../cli/app.ts";
import { toJson } from "../../cli/sanitize.ts";
import { messageOf } from "../../config/message_of.ts";
import { oneLine } from "../../config/one_line.ts";
import { ToolError } from "../../config/tool_error.ts";
import { renderOffer, sizeOf } from "../offer_text.ts";
import { readOffer, type ServerOffer } from "../serve/server_offer.ts";
import { type ServerFlags, withTypedServer } from "./typed_server.ts";

interface InspectFlags extends ServerFlags {
  json?: boolean;
}

/** `devmcp mcp inspect COMMAND…|URL` */
export async function inspectServer(
  words: string[],
  app: App,
  { json, ...flags }: InspectFlags,
): Promise<void> {
  const { address, offer } = await withTypedServer(words, flags, app, async (link, connection) => {
    const { address } = connection.status;
    try {
      return { address, offer: await readOffer(link, app.signal) };
    } catch (error) {
      app.signal.throwIfAborted();
      throw new ToolError(
        `Cannot inspect ${JSON.stringify(address)}: ${oneLine(messageOf(error), 400)}`,
        { cause: error },
      );
    }
  });
  app.stdout.write(
    json ? `${toJson(toFields(address, offer), 2)}\n` : renderOffer(offer, app.stdout),
  );
}

function toFields(address: string, offer: ServerOffer) {
  const { tools, prompts, resources, templates, roundTripMs, ...about } = offer;
  return {
    version: 1,
    address,
    ...about,
    round_trip_ms: roundTripMs,
    tools: tools.map(({ name, title, description, inputSchema, outputSchema, annotations }) => ({
      name,
      title,
      description,
      input_schema: inputSchema,
      output_schema: outputSchema ?? null,
      annotations: annotations ?? null,
    })),
    prompts: prompts.map(({ name, title, description, arguments: args = [] }) => ({
      name,
      title,
      description,
      arguments: args,
    })),
    resources: resources.map(({ uri, name, description, mimeType, size }) => ({
      uri,
      name,
      description,
      mime_type: mimeType,
      size,
    })),
    resource_templates: templates.map(({ uriTemplate, name, description, mimeType }) => ({
      uri_template: uriTemplate,
      name,
      description,
      mime_type: mimeType,
    })),
    bytes: {
      tools: sizeOf(tools),
      prompts: sizeOf(prompts),
      resources: sizeOf(resources),
      resource_templates: sizeOf(templates),
    },
  };
}
