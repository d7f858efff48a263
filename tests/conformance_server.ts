/** The server that the official conformance suite tests: our own, with the suite's tools and catalogs. */
import { serverSection } from "../config/server_section.ts";
import { serveHttp } from "../server/http/serve_http.ts";
import { createCallGate } from "../server/limits/create_call_gate.ts";
import { createMcpServer } from "../server/mcp_server.ts";
import {
  conformanceResources as resources,
  createConformancePrompts,
} from "./conformance_catalogs.ts";
import { createConformanceTools } from "./conformance_tools.ts";

export interface ConformanceServer {
  /** Of `/mcp`. */
  url: string;
  close(): Promise<void>;
}

/** Starts it on a free port of this machine, with the limits that devmcp has by default. */
export function startConformanceServer(): ConformanceServer {
  const controller = new AbortController();
  const config = serverSection.parse({});
  const { prompts, changed } = createConformancePrompts();
  const tools = createConformanceTools({ changePrompts: changed });
  const gate = createCallGate({ limits: config.limits, tools: tools.tools });
  const stateKey = crypto.getRandomValues(new Uint8Array(32));
  const shared = { ...tools, version: "0.0.0", log: () => {}, resources, prompts, gate, stateKey };
  const { url, finished } = serveHttp({
    hostname: "127.0.0.1",
    port: 0,
    signal: controller.signal,
    config,
    createServer: (caller) => createMcpServer({ ...shared, caller }),
    gate,
    emit: () => {},
    ready: () => Promise.resolve({ ready: true, checks: {} }),
    resources,
    prompts,
  });
  return {
    url,
    async close() {
      controller.abort();
      await finished;
    },
  };
}
