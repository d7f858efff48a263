import { ProtocolError, ProtocolErrorCode } from "@modelcontextprotocol/server";

/** Entries of one page of a list. */
const PAGE = 100;

export interface Page<Item> {
  items: Item[];
  /** Absent on the last page. */
  nextCursor?: string;
}

/**
 * One page of a list, for the `…/list` methods.
 *
 * @throws {ProtocolError} for a cursor that is none of ours
 */
export function paginate<Item>(items: Item[], cursor: string | undefined, size = PAGE): Page<Item> {
  const start = cursor === undefined ? 0 : readCursor(cursor);
  if (start === undefined || start > items.length) throw unknownCursor();
  const end = start + size;
  return {
    items: items.slice(start, end),
    ...end < items.length && { nextCursor: btoa(`from ${end}`) },
  };
}

function readCursor(cursor: string): number | undefined {
  try {
    const [, digits] = /^from (\d{1,9})$/.exec(atob(cursor)) ?? [];
    return digits === undefined ? undefined : Number(digits);
  } catch {
    return undefined;
  }
}

function unknownCursor(): ProtocolError {
  return new ProtocolError(
    ProtocolErrorCode.InvalidParams,
    "Cannot list: `cursor` is none that this server gave; begin without one",
  );
}
