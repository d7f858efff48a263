/** A page of a list of a server's. */
export interface Page<T> {
  items: T[];
  next?: string;
}

const MAX_PAGES = 1000;

/**
 * The items of all pages, until there are `max`, the server names a page that we have had, or pages
 * without end.
 */
export async function listPages<T>(
  fetchPage: (cursor: string | undefined) => Promise<Page<T>>,
  max: number,
): Promise<T[]> {
  const items: T[] = [];
  const seen = new Set<string>();
  let cursor: string | undefined;
  do {
    const { items: more, next }: Page<T> = await fetchPage(cursor);
    items.push(...more.slice(0, max - items.length));
    cursor = next;
  } while (cursor !== undefined && items.length < max && isNew(seen, cursor));
  return items;
}

function isNew(seen: Set<string>, cursor: string): boolean {
  if (seen.has(cursor) || seen.size === MAX_PAGES - 1) return false;
  seen.add(cursor);
  return true;
}
