import type { LoadedConfig } from "../../config/config.ts";
import type { CallGateOptions } from "../../server/limits/create_call_gate.ts";

type Limits = CallGateOptions["limits"];

/** As many as the transport lets be under way; the schema with the defaults loads slowly. */
const ONE_CLIENT: Limits = { concurrent_calls: 5, queued_calls: 256, calls_per_minute: 0 };

/** The limits of a server with one client: those that are configured, and else its own. */
export function limitsOfOneClient(loaded?: Pick<LoadedConfig, "values" | "origins">): Limits {
  if (!loaded) return ONE_CLIENT;
  const { values: { server: { limits } }, origins } = loaded;
  const isSet = (key: string) => origins.get(`server.limits.${key}`)?.kind !== "default";
  const own = Object.entries(ONE_CLIENT).filter(([key]) => !isSet(key));
  return { ...limits, ...Object.fromEntries(own) };
}
