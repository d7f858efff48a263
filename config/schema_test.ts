import { deepEqual, equal, ok } from "node:assert/strict";
import { CONFIG_KEYS, needsTrust } from "./keys.ts";
import { configJsonSchema, configSchema, DEFAULTS, SECTIONS_WITHOUT_EFFECT } from "./schema.ts";

Deno.test("DEFAULTS are a whole, valid configuration without the old sections", () => {
  deepEqual(configSchema.parse(DEFAULTS), DEFAULTS);
  deepEqual([DEFAULTS.model.timeout_seconds, DEFAULTS.code_review.model], [60, "auto"]);
  for (const name of SECTIONS_WITHOUT_EFFECT) equal(name in DEFAULTS, false, name);
});

Deno.test("every key is described and has a default", () => {
  for (const { name, schema } of CONFIG_KEYS.values()) {
    ok(schema.description, name);
    ok(schema.safeParse(undefined).success, name);
  }
});

Deno.test("what could send code elsewhere or widen access needs trust", () => {
  const names = [...CONFIG_KEYS.values()].filter((key) => needsTrust(key)).map(({ name }) => name);
  const roles = ["code", "chat"].flatMap((role) =>
    ["endpoints", "kind", "model", "context_tokens", "max_tokens", "api_key_env"]
      .map((key) => `model.${role}.${key}`)
  );
  const server = [...CONFIG_KEYS.keys()].filter((name) => name.startsWith("server."));
  ok(server.length > 20);
  deepEqual(names, [
    ...roles,
    "tools.enabled",
    "code_review.model",
    "agent.approve",
    "agent.max_model_calls",
    "agent.turn_seconds",
    ...server,
    "telemetry.otlp_endpoint",
    "logging.file",
  ]);
});

Deno.test("configJsonSchema() is strict and requires nothing", () => {
  const schema = configJsonSchema();
  deepEqual([schema.type, schema.additionalProperties, schema.required], [
    "object",
    false,
    undefined,
  ]);
});

Deno.test("endpoints are addresses of http servers", () => {
  const accepts = (endpoint: unknown) =>
    configSchema.safeParse({ model: { code: { endpoints: [endpoint] } } }).success;
  for (const right of ["http://a", "https://a:1/v1", "localhost", "a:1", ":8080", "http://[::1]"]) {
    ok(accepts(right), right);
  }
  for (const wrong of ["", "ftp://a", "http://", "a b", "http://a?key=1", "http://a#b", 7, "\0"]) {
    ok(!accepts(wrong), String(wrong));
  }
});

Deno.test("authorization servers are addresses of http servers", () => {
  const accepts = (url: string) =>
    configSchema.safeParse({ server: { auth: { authorization_servers: [url] } } }).success;
  const urls = ["https://a.test/", "http://127.0.0.1:1", "file:///a", "javascript:1", "a", ""];
  deepEqual(urls.map(accepts), [true, true, false, false, false, false]);
});
