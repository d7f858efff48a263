import assert from "node:assert/strict";
import fc from "fast-check";
import type { Role } from "../chat_model.ts";
import { chooseModel, rankModels } from "./choose_model.ts";
import type { ListedModel } from "../ollama/list_models.ts";

const GB = 1e9;

function installed(...names: (string | [name: string, gigabytes: number])[]): ListedModel[] {
  return names.map((one) =>
    typeof one === "string" ? { name: one } : { name: one[0], sizeBytes: one[1] * GB }
  );
}

const CASES: [title: string, role: Role, models: ListedModel[], expected?: string][] = [
  ["nothing", "code", []],
  [
    "the default of code, whatever else is there",
    "code",
    installed("qwen2.5-coder:14b", "mistral", "starcoder2-7b-instruct", "starcoder2:15b-instruct"),
    "starcoder2-7b-instruct",
  ],
  [
    "the default of chat",
    "chat",
    installed("llama3.1:8b", "mistral:7b-instruct-v0.2-q4_K_M", "qwen3:14b"),
    "mistral:7b-instruct-v0.2-q4_K_M",
  ],
  [
    "no base model",
    "code",
    installed("starcoder2:7b", "codellama:7b-code", "qwen2.5-coder:7b-base"),
  ],
  ["no embedding model", "chat", installed("nomic-embed-text", "all-minilm", "bge-m3")],
  [
    "a coder before a chatter",
    "code",
    installed("llama3.1:8b", "qwen2.5-coder:3b"),
    "qwen2.5-coder:3b",
  ],
  ["a chatter before a coder", "chat", installed("qwen2.5-coder:7b", "llama3.2:3b"), "llama3.2:3b"],
  ["a coder when there is nothing else", "chat", installed("qwen2.5-coder:7b"), "qwen2.5-coder:7b"],
  ["a chat-only model when there is nothing else", "code", installed("llama2:7b"), "llama2:7b"],
  [
    "the largest that fits",
    "code",
    installed(["qwen2.5-coder:32b", 19.9], ["qwen2.5-coder:7b", 4.7], ["qwen2.5-coder:14b", 9]),
    "qwen2.5-coder:14b",
  ],
  [
    "the smallest when none fits",
    "code",
    installed(["qwen2.5-coder:32b", 19.9], ["qwen3-coder:30b", 18.6]),
    "qwen3-coder:30b",
  ],
  [
    "few bits before many of the same model",
    "code",
    installed(["qwen2.5-coder:7b-instruct-q8_0", 8.1], ["qwen2.5-coder:7b-instruct-q4_K_M", 4.7]),
    "qwen2.5-coder:7b-instruct-q4_K_M",
  ],
  [
    "one that does not think aloud before one that does",
    "chat",
    installed(["deepseek-r1:14b", 9], ["llama3.2:3b", 2]),
    "llama3.2:3b",
  ],
  [
    "an unknown model last",
    "chat",
    installed("my-assistant:latest", "qwen2.5-coder:0.5b"),
    "qwen2.5-coder:0.5b",
  ],
  ["an unknown model rather than none", "chat", installed("my-assistant"), "my-assistant"],
  [
    "nothing that runs elsewhere",
    "code",
    installed("qwen3-coder:480b-cloud", "gpt-oss:120b-cloud"),
  ],
  ["nothing that is passed on", "code", [{ name: "qwen2.5-coder:7b", remote: true }]],
];

for (const [title, role, models, expected] of CASES) {
  Deno.test(`chooseModel() chooses ${title}`, () => {
    assert.equal(chooseModel(role, models)?.model.name, expected);
  });
}

Deno.test("chooseModel() says of how many", () => {
  assert.equal(
    chooseModel("code", installed("mistral", "qwen2.5-coder:7b", "bge-m3"))!.why,
    "chosen: qwen2.5-coder:7b of 3 installed",
  );
  assert.equal(
    chooseModel("code", installed("mistral"))!.why,
    "chosen: mistral, the only one installed",
  );
});

Deno.test("rankModels() is the same in whatever order models are listed", () => {
  const all = installed(
    ["mistral", 4.1],
    ["llama3.1:8b", 4.9],
    ["qwen2.5-coder:7b", 4.7],
    ["qwen3:8b", 5.2],
    ["starcoder2:7b", 4],
    ["gemma3:27b", 17],
    ["mine", 1],
  );
  const expected = rankModels("chat", all).map(({ name }) => name);
  assert.equal(expected.length, 6);
  const shuffled = fc.shuffledSubarray(all, { minLength: all.length });
  fc.assert(fc.property(shuffled, (models) => {
    assert.deepEqual(rankModels("chat", models).map(({ name }) => name), expected);
  }));
});

Deno.test("rankModels() takes whatever a server says of its models", () => {
  const size = fc.option(fc.double(), { nil: undefined });
  const model = fc.record({ name: fc.string(), sizeBytes: size, parameters: size });
  fc.assert(fc.property(fc.array(model), (models) => {
    assert.ok(rankModels("code", models).length <= models.length);
  }));
});

Deno.test("rankModels() puts a model before the file that it was made from", () => {
  const raw = "hf.co/QuantFactory/starcoder2-7b-instruct-GGUF:Q4_K_M";
  const models = installed([raw, 4.4], ["starcoder2-7b-instruct:latest", 4.5]);
  assert.deepEqual(rankModels("code", models).map(({ name }) => name), [
    "starcoder2-7b-instruct:latest",
    raw,
  ]);
});
