import { deepEqual, equal, match, ok } from "node:assert/strict";
import { parse } from "yaml";
import { DEFAULT_MODELS } from "../models/profiles/default_models.ts";
import { shippedModelfile } from "../models/ollama/modelfile.ts";

const ROOT = new URL("../", import.meta.url);

interface Service {
  image: string;
  ports?: string[];
  profiles?: string[];
  command?: string[];
  depends_on?: Record<string, { condition: string }>;
  environment?: Record<string, string | number>;
  healthcheck?: { test: string[] };
  deploy?: { resources: { reservations: { devices: { driver: string }[] } } };
}

async function readServices(): Promise<Record<string, Service>> {
  const text = await Deno.readTextFile(new URL("compose.yaml", ROOT));
  return parse(text, { merge: true }).services;
}

Deno.test("compose.yaml serves this machine only, from a pinned image", async () => {
  const services = await readServices();
  for (const name of ["ollama", "ollama-cpu"]) {
    const { image, ports, healthcheck } = services[name]!;
    match(image, /^ollama\/ollama:\d+\.\d+\.\d+$/);
    deepEqual(ports, ["127.0.0.1:11434:11434"]);
    deepEqual(healthcheck?.test, ["CMD", "ollama", "list"]);
  }
  equal(services.ollama!.deploy?.resources.reservations.devices[0]?.driver, "nvidia");
  equal(services["ollama-cpu"]!.deploy, undefined);
  deepEqual(services["ollama-cpu"]!.profiles, ["cpu"]);
});

Deno.test("compose.yaml gets the models that devmcp uses by default", async () => {
  const services = await readServices();
  for (const [name, server] of [["models", "ollama"], ["models-cpu", "ollama-cpu"]] as const) {
    const { command, depends_on } = services[name]!;
    const script = command!.join("\n");
    ok(script.includes(`ollama pull ${DEFAULT_MODELS.chat}\n`));
    ok(script.includes(`ollama pull ${shippedModelfile(DEFAULT_MODELS.code)!.from}\n`));
    ok(script.includes(`ollama create ${DEFAULT_MODELS.code} -f `));
    equal(depends_on?.[server]?.condition, "service_healthy");
  }
});

Deno.test("compose.yaml gives the models the context that they were trained for", async () => {
  const { ollama } = await readServices();
  const context = ollama!.environment?.OLLAMA_CONTEXT_LENGTH;
  equal(context, shippedModelfile(DEFAULT_MODELS.code)!.parameters.num_ctx);
});
