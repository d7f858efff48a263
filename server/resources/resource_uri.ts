/** A resource's URI in its parts: `templates://project-structure/python`. */
export interface ResourceUri {
  scheme: string;
  name: string;
  /** What stands for a template's variable, decoded. */
  part?: string;
}

const URI = /^([a-z]{1,32}):\/\/([A-Za-z0-9_-]{1,64})(?:\/([^/?#\s]{1,192}))?$/;
/** Names of languages and tools; nothing that means anything in a path. */
const PART = /^[A-Za-z0-9_+#][A-Za-z0-9_+#.-]{0,63}$/;

/** The parts of a URI that could be one of ours; undefined for all others. */
export function parseResourceUri(uri: string): ResourceUri | undefined {
  const [, scheme, name, encoded] = URI.exec(uri) ?? [];
  if (scheme === undefined || name === undefined) return;
  if (encoded === undefined) return { scheme, name };
  const part = decode(encoded);
  return part !== undefined && PART.test(part) ? { scheme, name, part } : undefined;
}

/** The opposite of {@link parseResourceUri}. */
export function formatResourceUri({ scheme, name, part }: ResourceUri): string {
  const start = `${scheme}://${name}`;
  return part === undefined ? start : `${start}/${encodeURIComponent(part)}`;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
