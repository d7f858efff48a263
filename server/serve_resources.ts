import { ResourceNotFoundError, type Server } from "@modelcontextprotocol/server";
import type { Caller } from "./caller.ts";
import { paginate } from "./paginate.ts";
import type { Resources } from "./resources.ts";

/** A longer one is none of ours. */
const MOST_URI_CHARACTERS = 2048;

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
    const contents = uri.length > MOST_URI_CHARACTERS
      ? undefined
      : await resources.read(uri, caller);
    if (!contents) throw new ResourceNotFoundError(uri.slice(0, MOST_URI_CHARACTERS));
    return { contents };
  });
}
