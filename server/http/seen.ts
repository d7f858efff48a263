import type { RefusalReason } from "../../config/server_events.ts";

/** What becomes known of a request on its way, for events. */
export interface Seen {
  route: string;
  principal?: string;
  /** The id of the key that it shows, whether there is such a one or not. */
  shownKey?: string;
  /** Why it is refused, where the answer's status does not tell. */
  refused?: RefusalReason;
}
