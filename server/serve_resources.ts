import type { Server } from "@modelcontextprotocol/server";
import type { Caller } from "./caller.ts";
import { paginate } from "./paginate.ts";
import { readResource } from "./read_resource.ts";
import type { Resources } from "./resources.ts";

/** Answers `resources/list`, `resources/templates/list` and `resources/read`. */
export function serveResources(server: Server, resources: Resources, caller: Caller): void {
  server.setRequestHandler("resources/list", async ({ params }) => {
    const { items, ...rest } = paginate(await resources.list(caller), params?.cursor);
    return { resources: items, ...rest };
  });
  server.setRequestHandler("resources/templates/list", ({ params }) => {
    const { items, ...rest } = paginate(resources.templates(), params?.cursor);
    return { resourceTemplates: items, ...rest };
  });
  server.setRequestHandler("resources/read", async ({ params: { uri } }) => {
    return { contents: await readResource(resources, uri, caller) };
  });
}
