/**
 * Loaded before the conformance suite: one of its servers changes the raw headers of a request in place,
 * which Deno's node:http makes anew each time they are read.
 */
import { Server } from "node:http";

const { emit } = Server.prototype;
// deno-lint-ignore no-explicit-any
Server.prototype.emit = function (name: string, ...args: any[]): boolean {
  if (name === "request") keepRawHeaders(args[0]);
  return Reflect.apply(emit, this, [name, ...args]);
};

function keepRawHeaders(request: { rawHeaders: string[] }): void {
  const value = request.rawHeaders;
  Object.defineProperty(request, "rawHeaders", { value, writable: true, configurable: true });
}
