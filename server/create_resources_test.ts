import assert from "node:assert/strict";
import { DEFAULTS } from "../config/schema.ts";
import { settingsFrom } from "../analysis/ruff/ruff_settings.ts";
import { structures } from "../prompts/mod.ts";
import type { Offer } from "../prompts/offer.ts";
import type { Offers, OffersChange } from "../prompts/offers.ts";
import { tools } from "../tools/mod.ts";
import schemas from "../tools/schemas.json" with { type: "json" };
import type { ToolSchemas } from "../tools/tool_schemas.ts";
import { LOCAL } from "./caller.ts";
import { createResources } from "./create_resources.ts";
import { codingStandards } from "./resources/coding_standards.ts";
import { personas } from "./resources/personas.ts";
import { sizeOf } from "./resources/provider.ts";
import { projectStructures } from "./resources/project_structures.ts";
import { toolReferences } from "./resources/tool_references.ts";

const CALLER = { principal: LOCAL, transport: "stdio" } as const;
const DATE = new Date("2026-01-02T03:04:05Z");

const offer = (name: string, kind: Offer["kind"], modified?: Date): Offer => ({
  name,
  kind,
  title: name,
  description: `${name}.`,
  arguments: [],
  body: `You are ${name}.`,
  modified,
});
const CONFIG = {
  ...DEFAULTS,
  model: {
    ...DEFAULTS.model,
    code: { ...DEFAULTS.model.code, endpoints: ["http://SECRET"], api_key_env: "SECRET" },
  },
};
const OFFERS = [offer("poet", "persona", DATE), offer("greet", "prompt")];

let tell: (change: OffersChange) => void = () => {};
const offers: Pick<Offers, "list" | "find" | "watch"> = {
  list: () => Promise.resolve(OFFERS),
  find: (name) => Promise.resolve(OFFERS.find((one) => one.name === name)),
  watch: (listener) => {
    tell = listener;
    return () => tell = () => {};
  },
};
const settings = settingsFrom([], { source: null, root: null, cwd: null });

const resources = createResources([
  personas(offers),
  codingStandards({
    config: () => Promise.resolve(CONFIG),
    ruffSettings: () => Promise.resolve(settings),
  }),
  projectStructures(structures),
  toolReferences({
    tools: tools.slice(0, 2),
    schemas: () => Promise.resolve(schemas as unknown as Record<string, ToolSchemas>),
  }),
]);

async function read(uri: string): Promise<string | undefined> {
  const [content] = await resources.read(uri, CALLER) ?? [];
  return content && "text" in content ? content.text : undefined;
}

Deno.test("createResources() lists each with what a client wants to know, and its true size", async () => {
  const listed = await resources.list(CALLER);
  assert.deepEqual(listed.map(({ uri, mimeType }) => [uri, mimeType]), [
    ["prompts://poet", "text/markdown"],
    ["config://coding-standards", "application/json"],
    ["templates://project-structure", "text/markdown"],
    ["tools://reference", "text/markdown"],
  ]);
  for (const { uri, size, title, description, annotations } of listed) {
    const [content] = await resources.read(uri, CALLER) ?? [];
    assert.equal(content?.uri, uri);
    assert.equal(sizeOf(await read(uri) ?? ""), size, uri);
    assert.ok(title && description && annotations?.audience && annotations.priority);
  }
  assert.equal(listed[0]?.annotations?.lastModified, DATE.toISOString());
});

Deno.test("createResources() reads what a template stands for, and nothing else", async () => {
  for (const language of ["python", "c%2B%2B", "C%23", "TS"]) {
    assert.match(
      await read(`templates://project-structure/${language}`) ?? "",
      /^# Project structure: /,
    );
  }
  assert.match(await read(`tools://reference/${tools[1]!.name}`) ?? "", /^## .*\n[^]*### Output/);
  const none = [
    "prompts://greet",
    "prompts://poet/x",
    "prompts://constructor",
    "templates://project-structure/cobol",
    "templates://other/python",
    "templates://other",
    `tools://reference/${tools[2]!.name}`,
    "tools://other",
    "config://other",
    "config://coding-standards/x",
    "nothing://here",
    "nothing",
  ];
  for (const uri of none) assert.equal(await resources.read(uri, CALLER), undefined, uri);
});

Deno.test("createResources() completes what templates take", async () => {
  const complete = (template: string, argument: string, value: string) =>
    resources.complete(template, argument, value, CALLER);
  const [, structure, reference] = ["", ...resources.templates().map((one) => one.uriTemplate)];
  assert.deepEqual(await complete(structure!, "language", "Py"), ["python"]);
  assert.deepEqual(
    await complete(reference!, "tool", ""),
    tools.slice(0, 2).map(({ name }) => name),
  );
  assert.equal(await complete(structure!, "tool", ""), undefined);
  assert.equal(await complete("nothing://{here}", "here", ""), undefined);
});

Deno.test("watch() tells of personas that have changed", () => {
  const changes: unknown[] = [];
  const stop = resources.watch((change) => changes.push(change), CALLER);
  const [poet, greet] = OFFERS;
  tell([{ before: greet }]);
  assert.deepEqual(changes, []);
  const updated = { kind: "updated", uri: "prompts://poet" };
  for (const change of [{ before: poet, after: poet }, { before: poet }, { after: poet }]) {
    tell([change]);
    assert.deepEqual(changes.splice(0), [updated, { kind: "list" }]);
  }
  stop();
  tell([{ before: poet }]);
  assert.deepEqual(changes, []);
});

Deno.test("config://coding-standards has what holds, and no address or path", async () => {
  const standards = JSON.parse(await read("config://coding-standards") ?? "");
  assert.equal(standards.language, "python");
  assert.equal(standards.test_framework, "pytest");
  assert.equal(standards.python.rules.F401, "unused-import");
  assert.equal(standards.python.rules.S101, undefined);
  assert.deepEqual(Object.keys(standards), [
    "language",
    "style",
    "test_framework",
    "style_guide",
    "focus_areas",
    "python",
  ]);
  assert.doesNotMatch(JSON.stringify(standards), /SECRET|\//);
});
