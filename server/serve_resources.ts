import type { Server } from "@modelcontextprotocol/server";
import { ToolError } from "../config/tool_error.ts";
import { MOST_RESULT } from "./call_result.ts";
import type { Caller } from "./caller.ts";
import { paginate } from "./paginate.ts";
import { readResource } from "./read_resource.ts";
import type { Resources } from "./resources.ts";
import { sizeOf } from "./resources/provider.ts";
import { sizeText } from "./size_text.ts";

interface Served {
  resources: Resources;
  caller: Caller;
  /** Bytes of what one resource holds, as JSON. @default as a call's result */
  most?: number;
}

/** Answers `resources/list`, `resources/templates/list` and `resources/read`. */
export function serveResources(server: Server, { resources, caller, most }: Served): void {
  server.setRequestHandler("resources/list", async ({ params }) => {
    const { items, ...rest } = paginate(await resources.list(caller), params?.cursor);
    return { resources: items, ...rest };
  });
  server.setRequestHandler("resources/templates/list", ({ params }) => {
    const { items, ...rest } = paginate(resources.templates(), params?.cursor);
    return { resourceTemplates: items, ...rest };
  });
  server.setRequestHandler("resources/read", async ({ params: { uri } }) => {
    const contents = await readResource(resources, uri, caller);
    checkSize(uri, contents, most);
    return { contents };
  });
}

function checkSize(uri: string, contents: unknown, most: number = MOST_RESULT): void {
  const bytes = sizeOf(JSON.stringify(contents));
  if (bytes <= most) return;
  const [has, may] = [sizeText(bytes), sizeText(most, Math.floor)];
  throw new ToolError(
    `Cannot read ${JSON.stringify(uri)}: ${has} are too large, it may have ${may}`,
    { hint: "server.limits.output_mb is the limit" },
  );
}
