import { ToolError } from "../config/tool_error.ts";

/** Where a server listens. */
export interface ListenAddress {
  /** IPv6 without brackets. */
  hostname: string;
  /** 0: any that is free. */
  port: number;
}

const USUAL: ListenAddress = { hostname: "127.0.0.1", port: 8004 };
const FORM = /^(?:(?<host>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]):)?(?<port>\d{1,5})$/;

/**
 * The address that `--http` names: `[HOST:]PORT`, or the usual one.
 *
 * @throws {ToolError} for anything else
 */
export function listenAddress(text: string | true): ListenAddress {
  if (text === true) return USUAL;
  const { host = USUAL.hostname, port } = FORM.exec(text)?.groups ?? {};
  if (port === undefined || Number(port) > 65_535) {
    throw new ToolError(`Cannot listen on ${JSON.stringify(text)}: not [HOST:]PORT`, {
      hint: "give a port up to 65535, as --http 8004, or an address with it, as " +
        (text.split(":").length > 2 ? "--http [::1]:8004" : "--http 0.0.0.0:8004"),
    });
  }
  return { hostname: host.replace(/^\[|\]$/g, ""), port: Number(port) };
}
