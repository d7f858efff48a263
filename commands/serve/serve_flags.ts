import type { LogLevel } from "../../config/choices.ts";

/** The flags of `devmcp serve`, as they were given. */
export interface ServeFlags {
  http?: string | true;
  root?: string;
  allowWrites?: boolean;
  readOnly?: boolean;
  tools?: string[];
  logLevel?: LogLevel;
  metrics?: boolean;
  tlsCert?: string;
  tlsKey?: string;
  insecureNoAuthOnNetwork?: boolean;
}
