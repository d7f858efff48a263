import { type ReadResourceResult, ResourceNotFoundError } from "@modelcontextprotocol/server";
import type { Caller } from "./caller.ts";
import type { Resources } from "./resources.ts";

/** A longer one is none of ours. */
const MOST_URI_CHARACTERS = 2048;

/**
 * What a resource holds.
 *
 * @throws {ResourceNotFoundError} where there is none such for this caller
 */
export async function readResource(
  resources: Resources,
  uri: string,
  caller: Caller,
): Promise<ReadResourceResult["contents"]> {
  const isOurs = uri.length <= MOST_URI_CHARACTERS;
  const contents = isOurs ? await resources.read(uri, caller) : undefined;
  if (!contents) throw new ResourceNotFoundError(uri.slice(0, MOST_URI_CHARACTERS));
  return contents;
}
