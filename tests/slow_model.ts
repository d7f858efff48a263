/** The MCP server over HTTP, with a model that talks for as long as anybody listens. */
import { type FakeOllama, type FakeRequest, startFakeOllama } from "../models/fakes/fake_ollama.ts";
import { type HttpHost, withHttpHost } from "./http_host.ts";
import { asked } from "./model_world.ts";
import type { RawClient, Reply } from "./mcp_over_http.ts";

export interface SlowWorld {
  host: HttpHost;
  fake: FakeOllama;
  /** The questions that the model is answering, also those nobody listens to any more. */
  questions(): FakeRequest[];
}

/**
 * Runs `test` with a model that needs `seconds` for an answer.
 *
 * @param limits of `server.limits`
 */
export async function withSlowModel(
  test: (world: SlowWorld) => Promise<void>,
  { seconds = 600, limits = {}, server = {} }: {
    seconds?: number;
    limits?: Record<string, number>;
    server?: Record<string, number | boolean>;
  } = {},
): Promise<void> {
  const words = Array.from({ length: 20 * seconds }, (_, n) => `word${n}`).join(" ");
  const fake = await startFakeOllama({ reply: () => words, tokenDelayMs: 50 });
  const config = JSON.stringify({ server: { ...server, limits } }); // JSON is YAML
  try {
    await withHttpHost((host) => test({ host, fake, questions: () => asked(fake) }), {
      config,
      env: { OLLAMA_HOST: fake.url },
    });
  } finally {
    await fake.stop();
  }
}

/** A call that asks the model. */
export function askModel(client: RawClient, n: number, signal?: AbortSignal): Promise<Reply> {
  const args = { description: `a function that adds ${n}` };
  return client.request("tools/call", { name: "generate_code", arguments: args }, { signal });
}

/** A call that asks nobody and is done at once. */
export function formatLine(client: RawClient, n = 0): Promise<Reply> {
  const args = { code: `x=${n}` };
  return client.request("tools/call", { name: "format_code", arguments: args });
}
