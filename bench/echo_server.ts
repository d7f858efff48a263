import { McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";

/** The smallest server that the SDK makes: one tool, which says what it is told. */
export function createEchoServer(): McpServer {
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
