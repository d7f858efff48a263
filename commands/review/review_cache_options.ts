import type { Command } from "commander";

export interface CacheFlags {
  /** Whether what was found before counts. @default true */
  cache?: boolean;
}

export function addCacheOptions(command: Command): void {
  command.option("--no-cache", "look at every file again, and keep nothing");
}
