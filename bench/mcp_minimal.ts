/**
 * The smallest server that the SDK makes: one tool over its own stdio transport. The benchmark of
 * `devmcp serve` bundles and compiles it the same way and starts both in turn.
 */
import { McpServer } from "@modelcontextprotocol/server";
import { serveStdio, StdioServerTransport } from "@modelcontextprotocol/server/stdio";
import process from "node:process";
import { z } from "zod";

function createServer(): McpServer {
  const server = new McpServer({ name: "minimal", version: "1.0.0" });
  const text = z.object({ text: z.string() });
  server.registerTool(
    "echo",
    { description: "Echo a text.", inputSchema: text, outputSchema: text },
    (output) => ({
      content: [{ type: "text", text: output.text }],
      structuredContent: output,
    }),
  );
  return server;
}

// Bundled as for browsers, like devmcp, the SDK does not look for these streams itself.
serveStdio(createServer, { transport: new StdioServerTransport(process.stdin, process.stdout) });
