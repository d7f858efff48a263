/** The models that a fake Ollama has, can pull, and keeps in memory. */
import { setTimeout as wait } from "node:timers/promises";
import type { Json } from "./fake_ollama_http.ts";

/** A model as the library describes it. */
export interface FakeModel {
  name: string;
  /** Bytes on the disk. */
  size: number;
  family: string;
  /** Such as `7.2B`. */
  parameters: string;
  quantization: string;
  capabilities: string[];
  /** What it was trained for. */
  contextTokens: number;
  /** A Go template; one that never says `.System` drops system messages, as Ollama does. */
  template: string;
  /** Jsons of a Modelfile's PARAMETER, as /api/show prints them. */
  settings: string;
  license: string;
  /** Share of the loaded model that is on the GPU. */
  onGpu: number;
}

/** Ollama answers with an error. */
export class FakeFailure extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

export const MISTRAL = fakeModel("mistral:7b-instruct-v0.2-q4_K_M", {
  parameters: "7.2B",
  settings: 'stop                           "[INST]"\nstop                           "[/INST]"',
  template: "[INST] {{ if .System }}{{ .System }} {{ end }}{{ .Prompt }} [/INST]",
});

/** The community's GGUF file, whose own template knows no system message. */
export const STARCODER_GGUF = fakeModel("hf.co/QuantFactory/starcoder2-7b-instruct-GGUF:Q4_K_M", {
  family: "starcoder2",
  contextTokens: 16_384,
  template: "### Instruction\n{{ .Prompt }}### Response\n",
});

export const STARCODER: FakeModel = { ...STARCODER_GGUF, name: "starcoder2-7b-instruct:latest" };

/** A model of which only what matters is said. */
export function fakeModel(name: string, traits: Partial<FakeModel> = {}): FakeModel {
  return {
    name,
    size: 4_400_000_000,
    family: "llama",
    parameters: "7B",
    quantization: "Q4_K_M",
    capabilities: ["completion"],
    contextTokens: 32_768,
    template: "{{ .System }}{{ .Prompt }}",
    settings: "",
    license: "Apache License, Version 2.0",
    onGpu: 1,
    ...traits,
  };
}

export interface FakeLibraryOptions {
  models: FakeModel[];
  /** What can be pulled besides. */
  registry: FakeModel[];
  /** Between two lines of a pull's progress. */
  pullDelayMs: number;
  /** Aborted when the server stops. */
  signal: AbortSignal;
}

/** A pulled layer comes in so many pieces. */
const PIECES = 10;

/** Where a model without a tag is meant: `mistral` is `mistral:latest`. */
function withTag(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1).includes(":") ? name : `${name}:latest`;
}

export class FakeLibrary {
  readonly installed = new Map<string, FakeModel>();
  /** When each loaded model is given up, in milliseconds since 1970. */
  readonly loaded = new Map<string, number>();
  /** Bytes of pulls that were cancelled, by model. */
  readonly partial = new Map<string, number>();
  readonly #registry = new Map<string, FakeModel>();
  readonly #pullDelayMs: number;
  readonly #signal: AbortSignal;

  constructor({ models, registry, pullDelayMs, signal }: FakeLibraryOptions) {
    for (const model of models) this.installed.set(model.name, model);
    for (const model of registry) this.#registry.set(model.name, model);
    this.#pullDelayMs = pullDelayMs;
    this.#signal = signal;
  }

  /** @throws {FakeFailure} 404, in Ollama's words */
  find(name: unknown): FakeModel {
    if (typeof name !== "string" || name === "") throw new FakeFailure(400, "model is required");
    const model = this.installed.get(withTag(name));
    if (!model) throw new FakeFailure(404, `model '${name}' not found`);
    return model;
  }

  /** Keeps a model in memory for `keepAlive`, or gives it up when that is 0. */
  load(model: FakeModel, keepAlive: unknown): void {
    const milliseconds = parseKeepAlive(keepAlive);
    if (milliseconds === 0) this.loaded.delete(model.name);
    else this.loaded.set(model.name, Math.min(Date.now() + milliseconds, 8e15));
  }

  tags(): Json[] {
    return [...this.installed.values()].map((model) => ({
      ...identify(model),
      modified_at: "2025-11-02T10:20:30.123456789+01:00",
      details: detailsOf(model),
    }));
  }

  show(name: unknown): Json {
    const model = this.find(name);
    return {
      license: model.license,
      modelfile: `FROM ${model.name}\nTEMPLATE """${model.template}"""\n`,
      parameters: model.settings,
      template: model.template,
      details: detailsOf(model),
      model_info: {
        "general.architecture": model.family,
        "general.parameter_count": Math.round(parseFloat(model.parameters) * 1e9),
        [`${model.family}.context_length`]: model.contextTokens,
      },
      capabilities: model.capabilities,
      modified_at: "2025-11-02T10:20:30.123456789+01:00",
    };
  }

  running(): Json[] {
    const isLoaded = ({ name }: FakeModel) => (this.loaded.get(name) ?? 0) > Date.now();
    return [...this.installed.values()].filter(isLoaded).map((model) => ({
      ...identify(model),
      details: detailsOf(model),
      expires_at: new Date(this.loaded.get(model.name)!).toISOString(),
      size_vram: Math.round(model.size * model.onGpu),
      context_length: 4096,
    }));
  }

  /** The lines of a pull, which goes on where a cancelled one stopped. */
  async *pull(name: unknown): AsyncGenerator<Json> {
    yield { status: "pulling manifest" };
    const model = this.#registry.get(withTag(String(name)));
    if (!model) throw new FakeFailure(500, "pull model manifest: file does not exist");
    yield* this.#pullLayer(model);
    yield { status: "verifying sha256 digest" };
    yield { status: "writing manifest" };
    this.partial.delete(model.name);
    this.installed.set(model.name, model);
    yield { status: "success" };
  }

  async *#pullLayer(model: FakeModel): AsyncGenerator<Json> {
    const digest = digestOf(model.name);
    const line = { status: `pulling ${digest.slice(7, 19)}`, digest, total: model.size };
    let completed = this.partial.get(model.name) ?? 0;
    yield completed ? { ...line, completed } : line;
    while (completed < model.size) {
      await wait(this.#pullDelayMs, undefined, { signal: this.#signal });
      completed = Math.min(model.size, completed + Math.ceil(model.size / PIECES));
      this.partial.set(model.name, completed);
      yield { ...line, completed };
    }
  }

  /** The lines of a model being made from another one, which is pulled when it is not there. */
  async *create(body: Json): AsyncGenerator<Json> {
    if (typeof body.from !== "string") {
      throw new FakeFailure(400, "neither 'from' or 'files' was specified");
    }
    if (!this.installed.has(withTag(body.from))) yield* this.pull(body.from);
    const base = this.find(body.from);
    yield { status: `using existing layer ${digestOf(base.name)}` };
    const name = withTag(String(body.model ?? body.name));
    const template = typeof body.template === "string" ? body.template : base.template;
    const settings = settingsOf(body.parameters) ?? base.settings;
    this.installed.set(name, { ...base, name, template, settings });
    yield { status: `creating new layer ${digestOf(name + template)}` };
    yield { status: "writing manifest" };
    yield { status: "success" };
  }

  copy(source: unknown, destination: unknown): void {
    const name = withTag(String(destination));
    this.installed.set(name, { ...this.find(source), name });
  }

  remove(name: unknown): void {
    const model = this.find(name);
    this.installed.delete(model.name);
    this.loaded.delete(model.name);
  }
}

const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Seconds, or text such as `5m`; below zero it is for ever, and five minutes when nothing is said. */
function parseKeepAlive(value: unknown): number {
  if (value === undefined || value === null) return 5 * UNITS.m!;
  const [, number, unit] = /^(-?\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(String(value)) ?? [];
  if (number === undefined) throw new FakeFailure(400, `time: invalid duration "${value}"`);
  const milliseconds = Number(number) * UNITS[unit ?? "s"]!;
  return milliseconds < 0 ? Infinity : milliseconds;
}

function identify({ name, size }: FakeModel): Json {
  return { name, model: name, size, digest: digestOf(name).slice(7) };
}

function detailsOf({ family, parameters, quantization }: FakeModel): Json {
  return {
    parent_model: "",
    format: "gguf",
    family,
    families: [family],
    parameter_size: parameters,
    quantization_level: quantization,
  };
}

function settingsOf(parameters: unknown): string | undefined {
  if (typeof parameters !== "object" || parameters === null) return undefined;
  return Object.entries(parameters)
    .flatMap(([key, value]) => [value].flat().map((one) => `${key.padEnd(30)} ${one}`))
    .join("\n");
}

/** Not a hash, but as long as one, and the same for the same text. */
function digestOf(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const hash = Array.from({ length: 32 }, (_, i) => {
    return bytes.reduce((sum, byte) => (sum * 31 + byte + i) % 65_521, i) % 256;
  });
  return `sha256:${hash.map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
