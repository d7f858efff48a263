import assert from "node:assert/strict";
import fc from "fast-check";
import { defaultProfile, findProfile } from "./find_profile.ts";
import table from "./profiles.json" with { type: "json" };

const NAMES: [model: string, family: string | undefined][] = [
  ["starcoder2-7b-instruct", "starcoder2-7b-instruct"],
  ["starcoder2-7b-instruct:latest", "starcoder2-7b-instruct"],
  ["hf.co/QuantFactory/starcoder2-7b-instruct-GGUF:Q4_K_M", "starcoder2-7b-instruct"],
  ["bigcode/starcoder2-7b-instruct", "starcoder2-7b-instruct"],
  ["/models/starcoder2-7b-instruct-Q4_K_M.gguf", "starcoder2-7b-instruct"],
  ["C:\\models\\starcoder2-7b-instruct.Q4_K_M.gguf", "starcoder2-7b-instruct"],
  ["starcoder2:instruct", "starcoder2-instruct"],
  ["bigcode/starcoder2-15b-instruct-v0.1", "starcoder2-instruct"],
  ["starcoder2:7b", "starcoder2-base"],
  ["starcoder2:latest", "starcoder2-base"],
  ["starcoder:3b", "starcoder-base"],
  ["mistral", "mistral-7b-instruct-v0.3"],
  ["mistral:latest", "mistral-7b-instruct-v0.3"],
  ["mistral:7b", "mistral-7b-instruct-v0.3"],
  ["mistral:7b-instruct-q4_0", "mistral-7b-instruct-v0.3"],
  ["mistral:7b-instruct-v0.2-q4_K_M", "mistral-7b-instruct-v0.2"],
  ["TheBloke/Mistral-7B-Instruct-v0.2-GGUF", "mistral-7b-instruct-v0.2"],
  ["mistralai/Mistral-7B-Instruct-v0.3", "mistral-7b-instruct-v0.3"],
  ["mistral-7b-instruct-v0.1.Q8_0.gguf", "mistral-7b-instruct-v0.1"],
  ["mistral:7b-text-v0.2-q4_K_M", "base"],
  ["mistralai/Mistral-7B-v0.1", "base"],
  ["mistral-nemo:12b", "mistral-nemo"],
  ["mistralai/Mistral-Small-24B-Instruct-2501", "mistral-small"],
  ["mixtral:8x7b", "mixtral"],
  ["codestral:22b-v0.1-q4_K_M", "codestral"],
  ["mistralai/devstral-small-2505", "devstral"],
  ["qwen2.5-coder:7b", "qwen2.5-coder"],
  ["qwen2.5-coder:1.5b-base", "base"],
  ["Qwen/Qwen2.5-Coder-7B-Instruct-AWQ", "qwen2.5-coder"],
  ["qwen/qwen2.5-coder-14b", "qwen2.5-coder"],
  ["qwen2.5:14b-instruct", "qwen2.5"],
  ["qwen3:8b", "qwen3"],
  ["qwen3:4b-instruct-2507-q4_K_M", "qwen3-instruct"],
  ["Qwen/Qwen3-4B-Thinking-2507", "qwen3-thinking"],
  ["qwen3-coder:30b", "qwen3-coder"],
  ["Qwen/Qwen3-Coder-30B-A3B-Instruct", "qwen3-coder"],
  ["Qwen/Qwen3-8B-Base", "base"],
  ["qwen3-embedding:0.6b", "embedding"],
  ["llama3", "llama3"],
  ["llama3:8b-instruct-q4_0", "llama3"],
  ["meta-llama/Meta-Llama-3-8B-Instruct", "llama3"],
  ["llama3.1:8b", "llama3.1"],
  ["meta-llama/Llama-3.2-3B-Instruct", "llama3.1"],
  ["llama3.2-vision:11b", "llama3.1"],
  ["llama3.3:70b", "llama3.1"],
  ["llama3.1:8b-text-q4_K_M", "base"],
  ["llama2:7b", "llama2"],
  ["llama-guard3:8b", "guard"],
  ["codellama:7b", "codellama-instruct"],
  ["codellama:7b-instruct-q4_K_M", "codellama-instruct"],
  ["codellama/CodeLlama-7b-Instruct-hf", "codellama-instruct"],
  ["codellama:7b-code", "base"],
  ["codellama:13b-python-q4_0", "base"],
  ["codellama/CodeLlama-7b-hf", "base"],
  ["codegemma:7b", "codegemma"],
  ["codegemma:2b", "base"],
  ["codegemma:7b-code", "base"],
  ["gemma:7b", "gemma"],
  ["gemma2:9b", "gemma2"],
  ["google/gemma-2-9b-it", "gemma2"],
  ["gemma3:1b", "gemma3-1b"],
  ["gemma3:12b-it-qat", "gemma3"],
  ["google/gemma-3-12b", "gemma3"],
  ["gemma3n:e4b", "gemma3n"],
  ["embeddinggemma:300m", "embedding"],
  ["deepseek-coder:6.7b", "deepseek-coder"],
  ["deepseek-coder:6.7b-base", "base"],
  ["deepseek-coder-v2:16b", "deepseek-coder-v2"],
  ["deepseek-ai/DeepSeek-Coder-V2-Lite-Instruct", "deepseek-coder-v2"],
  ["deepseek-r1:8b", "deepseek-r1"],
  ["deepseek/deepseek-r1-0528-qwen3-8b", "deepseek-r1"],
  ["DeepSeek-R1-Distill-Qwen-7B-Q4_K_M.gguf", "deepseek-r1"],
  ["gpt-oss:20b", "gpt-oss"],
  ["openai/gpt-oss-20b", "gpt-oss"],
  ["phi4", "phi4"],
  ["microsoft/phi-4", "phi4"],
  ["phi4-mini:3.8b", "phi4-mini"],
  ["phi4-reasoning:14b", "phi4-reasoning"],
  ["phi3:mini", "phi3"],
  ["Phi-3-mini-4k-instruct-q4.gguf", "phi3-4k"],
  ["granite-code:8b", "granite-code"],
  ["ibm-granite/granite-8b-code-instruct-128k", "granite-code-128k"],
  ["granite3.3:8b", "granite"],
  ["nomic-embed-text:latest", "embedding"],
  ["text-embedding-nomic-embed-text-v1.5", "embedding"],
  ["all-minilm:22m", "embedding"],
  ["bge-m3", "embedding"],
  ["my-assistant:latest", undefined],
  ["", undefined],
];

Deno.test("findProfile() knows models by the names that servers give them", () => {
  const found = NAMES.map(([model]) => [model, findProfile(model)?.name]);
  assert.deepEqual(found, NAMES);
});

Deno.test("findProfile() gives no role to models that answer nothing", () => {
  const silent = new Set(["base", "embedding", "guard", "starcoder2-base", "starcoder-base"]);
  for (const [model, family] of NAMES) {
    if (!family) continue;
    assert.equal(findProfile(model)!.roles.length === 0, silent.has(family), model);
  }
});

Deno.test("findProfile() tells what matters of the two default models", () => {
  const code = findProfile("starcoder2-7b-instruct")!;
  assert.equal(code.roles[0], "code");
  assert.equal(code.systemRole, false);
  assert.equal(code.contextTokens, 16384);
  assert.ok(code.stop.includes("### Instruction"));
  const chat = findProfile("mistral:7b-instruct-v0.2-q4_K_M")!;
  assert.equal(chat.roles[0], "chat");
  assert.deepEqual([chat.systemRole, chat.tools, chat.contextTokens], [false, false, 32768]);
});

Deno.test("findProfile() gives each caller its own copy", () => {
  findProfile("mistral")!.stop.push("x");
  assert.ok(!findProfile("mistral")!.stop.includes("x"));
});

Deno.test("findProfile() takes any name, in no time", () => {
  fc.assert(fc.property(fc.string({ maxLength: 5000 }), (name) => {
    const profile = findProfile(name);
    assert.ok(profile === undefined || profile.name !== "");
  }));
  const start = performance.now();
  for (const piece of ["mistral-small", "qwen3-", "a:", "-q4"]) findProfile(piece.repeat(100_000));
  assert.ok(performance.now() - start < 500);
});

Deno.test("profiles.json holds what a profile may hold, and no family that is never found", () => {
  const fields = Object.keys(defaultProfile()).concat("match");
  for (const family of table.families) {
    assert.deepEqual(Object.keys(family).filter((key) => !fields.includes(key)), [], family.name);
    const { contextTokens, temperature, charactersPerToken } = {
      ...table.defaults,
      ...family as Partial<typeof table.defaults>,
    };
    assert.ok(contextTokens >= 512 && contextTokens <= 1_048_576, family.name);
    assert.ok(temperature >= 0 && temperature <= 1, family.name);
    assert.ok(charactersPerToken >= 2 && charactersPerToken <= 5, family.name);
  }
});

Deno.test("defaultProfile() is careful", () => {
  const profile = defaultProfile();
  assert.deepEqual([profile.systemRole, profile.tools, profile.contextTokens], [
    false,
    false,
    8192,
  ]);
});
