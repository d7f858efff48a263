import assert from "node:assert/strict";
import { otlpTarget } from "./otlp_target.ts";

const BASE = "OTEL_EXPORTER_OTLP_ENDPOINT";
const OWN = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";

function find(
  settings: Parameters<typeof otlpTarget>[0],
  variables: Record<string, string> = {},
) {
  const said: string[] = [];
  const target = otlpTarget(settings, {
    env: (name) => variables[name],
    say: (text) => void said.push(text),
  });
  return { target, said };
}

Deno.test("otlpTarget() goes by the configuration, then by OpenTelemetry's variables", () => {
  const cases: [string, Record<string, string>, string | undefined][] = [
    ["", {}, undefined],
    ["http://a:4318", {}, "http://a:4318/v1/traces"],
    ["http://a:4318/", {}, "http://a:4318/v1/traces"],
    ["http://a/x/v1/traces", {}, "http://a/x/v1/traces"],
    ["http://a", { [BASE]: "http://b" }, "http://a/v1/traces"],
    ["", { [BASE]: "http://b:4318" }, "http://b:4318/v1/traces"],
    ["", { [BASE]: "http://b", [OWN]: "http://c/t" }, "http://c/t"],
    ["", { [BASE]: "http://b", OTEL_SDK_DISABLED: "TRUE" }, undefined],
    ["", { [BASE]: "http://b", OTEL_TRACES_EXPORTER: "none" }, undefined],
    ["http://a", { OTEL_SDK_DISABLED: "true" }, "http://a/v1/traces"],
  ];
  for (const [otlp_endpoint, variables, url] of cases) {
    const { target, said } = find({ otlp_endpoint }, variables);
    assert.equal(target?.url, url, JSON.stringify([otlp_endpoint, variables]));
    assert.deepEqual(said, []);
  }
});

Deno.test("otlpTarget() says what it cannot follow, without showing it", () => {
  const cases: Record<string, string>[] = [
    { [BASE]: "localhost:4317" },
    { [BASE]: "http://user:SECRET@b", OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" },
  ];
  for (const variables of cases) {
    const { target, said } = find({}, variables);
    assert.equal(target, undefined);
    assert.equal(said.length, 1);
    assert.doesNotMatch(said[0]!, /SECRET|4317/);
  }
});

Deno.test("otlpTarget() names the service as configured, then as OTEL_SERVICE_NAME says", () => {
  const otlp_endpoint = "http://a";
  const variables = { OTEL_SERVICE_NAME: "other" };
  const cases: [string | undefined, Record<string, string>, string][] = [
    [undefined, {}, "devmcp"],
    ["devmcp", variables, "other"],
    ["mine", variables, "mine"],
  ];
  for (const [service_name, env, service] of cases) {
    assert.equal(find({ otlp_endpoint, service_name }, env).target?.service, service);
  }
});

Deno.test("otlpTarget() takes the headers that OpenTelemetry's variables name", () => {
  const target = find({ otlp_endpoint: "http://a" }, {
    OTEL_EXPORTER_OTLP_HEADERS: "x-key=a%20b, x-other=1,broken,=x,a b=c,x-bad=a%0d%0ay",
    OTEL_EXPORTER_OTLP_TRACES_HEADERS: "X-Other=2",
  }).target;
  assert.deepEqual(target?.headers, { "x-key": "a b", "x-other": "2" });
});
