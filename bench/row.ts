/** A line of docs/benchmarks.md. */
export interface Row {
  what: string;
  figure: string;
  /** What stands beside it. */
  peer: string;
  ratio: string;
  target: string;
  holds: boolean;
}
