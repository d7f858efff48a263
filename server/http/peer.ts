/** The connection that a request came over. */
export interface Peer {
  /** Its other end, `address:port`. */
  address: string;
  /** Our own address on it, without the port. */
  localAddress: string;
  /** Says that all of the answer is there: from now on the client may only take so long to take it. */
  answered(): void;
  /** Ends the connection at once, whatever is under way on it. */
  drop(): void;
}
