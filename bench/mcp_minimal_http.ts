/** The SDK's smallest server over HTTP: its own handler, on the runtime's own server. */
import { createMcpHandler } from "@modelcontextprotocol/server";
import { createEchoServer } from "./echo_server.ts";

const handler = createMcpHandler(createEchoServer);
const onListen = ({ port }: Deno.NetAddr) => console.error(`http://127.0.0.1:${port}/mcp`);
Deno.serve({ hostname: "127.0.0.1", port: 0, onListen }, (request) => handler.fetch(request));
