/**
 * The SDK's smallest server over its own stdio transport. The benchmark of `devmcp serve` bundles and
 * compiles it the same way and starts both in turn.
 */
import { serveStdio, StdioServerTransport } from "@modelcontextprotocol/server/stdio";
import process from "node:process";
import { createEchoServer } from "./echo_server.ts";

// Bundled as for browsers, like devmcp, the SDK does not look for these streams itself.
serveStdio(createEchoServer, {
  transport: new StdioServerTransport(process.stdin, process.stdout),
});
