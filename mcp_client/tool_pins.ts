import type { KnownTools, ServerPlace } from "../store/known_tools.ts";
import type { ServerTool } from "./read_tools.ts";

/** Which tools of a server are what the person knows. */
export interface Pinned {
  /** Those that may be offered. */
  offered: ServerTool[];
  /** Those that are no longer what they were. */
  changed: ServerTool[];
}

/**
 * Holds back the tools whose description or parameters have changed since the person first saw them: an
 * agreement was to what they said then. What is new is kept; whoever calls it is asked anyway.
 */
export async function pinTools(
  tools: ServerTool[],
  known: KnownTools,
  place: ServerPlace,
): Promise<Pinned> {
  const before = known.of(place);
  const isChanged = ({ name, hash }: ServerTool) => (before.get(name) ?? hash) !== hash;
  const added = tools.filter(({ name }) => !before.has(name));
  // Where the disk refuses they are new again next time.
  if (added.length > 0) await keepTools(added, known, place).catch(() => {});
  return {
    offered: tools.filter((tool) => !isChanged(tool)),
    changed: tools.filter(isChanged),
  };
}

/** The person has seen them as they are now. */
export async function keepTools(
  tools: ServerTool[],
  known: KnownTools,
  place: ServerPlace,
): Promise<void> {
  await known.add(place, new Map(tools.map(({ name, hash }) => [name, hash])));
}
