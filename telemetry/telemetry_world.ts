/** What telemetry needs of the process that it is in. */
export interface TelemetryWorld {
  version: string;
  env(name: string): string | undefined;
  /** Writes to standard error; gives how many bytes were taken. */
  writeError(bytes: Uint8Array): Promise<number>;
  /** Tells a person a line on standard error. */
  say(text: string): void;
}
