/** Text kept by key between processes; losing any of it costs time only. */
export interface Cache {
  /** Undefined when it is not there, was given up for room, or cannot be read. */
  get(key: string): Promise<string | undefined>;
  /** Keeps `value`; a cache that cannot be written is no error. */
  set(key: string, value: string): Promise<void>;
}
