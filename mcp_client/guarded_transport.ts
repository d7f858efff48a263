import type { Transport } from "@modelcontextprotocol/client";

/** A connection that may end for a reason of ours. */
export interface GuardedTransport extends Transport {
  /** Why it has ended, where that is known. Hostile. */
  readonly problem?: string;
}
