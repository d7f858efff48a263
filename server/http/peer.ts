/** The connection that a request came over. */
export interface Peer {
  /** Its other end, `address:port`. */
  address: string;
  /** Our own address on it, without the port. */
  localAddress: string;
  /** Ends the connection at once, whatever is under way on it. */
  drop(): void;
}
