/** The official SDK's own clients, of both majors and eras, with all that the binary serves. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { soon } from "./http_host.ts";
import { type Fetch, type Kind, KINDS, type SdkClient } from "./sdk_clients.ts";
import { asked, goodModel } from "./model_world.ts";
import { promptArguments, TOOL_ARGUMENTS, withServed } from "./served.ts";
import { until } from "../config/until_fixture.ts";

/** Minutes for one answer. */
const SLOW = { reply: () => "word ".repeat(10_000), tokenDelayMs: 50 };

/**
 * Tools that are over before there is anything to tell, or so soon that the result may be in the same
 * chunk as the progress: then SDK 1 does not know any more who waits for it.
 */
const AT_ONCE = new Set([
  ...["analyze_complexity", "format_code", "list_languages", "review_code", "write_file"],
]);

async function callTools({ client, call }: SdkClient): Promise<void> {
  const { tools } = await client.listTools();
  assert.deepEqual(tools.map(({ name }) => name), Object.keys(TOOL_ARGUMENTS));
  for (const [name, args] of Object.entries(TOOL_ARGUMENTS)) {
    const steps: number[] = [];
    const onprogress = ({ progress }: { progress: number }) => void steps.push(progress);
    const result = await call(name, args, { onprogress });
    assert.equal(result.isError ?? false, false, JSON.stringify(result));
    assert.ok(result.structuredContent, name);
    if (!AT_ONCE.has(name)) assert.ok(steps.length > 0, `no progress of ${name}`);
    assert.deepEqual(steps, steps.toSorted((a, b) => a - b));
  }
}

async function readResources({ client }: SdkClient): Promise<void> {
  const { resources } = await client.listResources();
  const uris = resources.map(({ uri }) => uri);
  const kept = uris.filter((uri) => uri.startsWith("results://"));
  assert.ok(kept.length > 0 || uris.length > 0);
  for (const uri of [...uris, "templates://project-structure/python"]) {
    const { contents } = await client.readResource({ uri });
    assert.equal(contents[0]!.uri, uri);
  }
  await assert.rejects(client.readResource({ uri: "results://none" }));
}

async function completeTemplates({ client }: SdkClient): Promise<void> {
  const { resourceTemplates } = await client.listResourceTemplates();
  const uri = resourceTemplates.map(({ uriTemplate }) => uriTemplate)
    .find((template) => template.startsWith("templates://"))!;
  const name = /\{(\w+)\}/.exec(uri)![1]!;
  const { completion } = await client.complete({
    ref: { type: "ref/resource", uri },
    argument: { name, value: "py" },
  });
  assert.deepEqual(completion.values, ["python"]);
}

async function getPrompts({ client }: SdkClient): Promise<void> {
  const { prompts } = await client.listPrompts();
  assert.ok(prompts.length >= 7);
  for (const prompt of prompts) {
    const args = promptArguments(prompt);
    const { messages } = await client.getPrompt({ name: prompt.name, arguments: args });
    assert.ok(messages.length > 0, prompt.name);
  }
  await assert.rejects(client.getPrompt({ name: "code-review", arguments: {} }), /code/);
  const { completion } = await client.complete({
    ref: { type: "ref/prompt", name: "code-review" },
    argument: { name: "language", value: "py" },
  });
  assert.deepEqual(completion.values, ["python"]);
}

/** The SDK's clients leave timers behind. */
function test(kind: Kind, what: string, fn: () => Promise<void>): void {
  const name = `${kind.name} over ${kind.transport}, ${kind.era}: ${what}`;
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });
}

for (const kind of KINDS) {
  test(kind, "lists, calls, reads and gets all", () =>
    withServed(async (served) => {
      const own = await kind.connect(served);
      try {
        assert.equal(own.client.getServerVersion()?.name, "devmcp");
        if (own.era === "legacy") {
          await own.client.ping();
          await own.client.setLoggingLevel("debug");
        }
        await callTools(own);
        await readResources(own);
        await completeTemplates(own);
        await getPrompts(own);
      } finally {
        await own.client.close();
      }
    }));

  test(kind, "answers for the model, the person and the roots", () =>
    withServed(async (served) => {
      const questions: string[] = [];
      const inner = join(served.folder, "inner");
      await Deno.mkdir(inner);
      await Deno.writeTextFile(join(inner, "b.py"), "b=1\n");
      const own = await kind.connect(served, {
        model: () => {
          questions.push("model");
          return "```python\ndef add(a, b):\n    return a + b\n```\n";
        },
        fill: ({ requestedSchema }) => {
          questions.push(...Object.keys(requestedSchema.properties));
          return { description: "add two numbers" };
        },
        root: inner,
      });
      try {
        const { structuredContent } = await own.call("generate_code", { language: "python" });
        assert.match(JSON.stringify(structuredContent), /def add/);
        assert.deepEqual(questions, ["description", "model"]);
        const formatted = await own.call("format_code", { path: "b.py" });
        assert.match(JSON.stringify(formatted.structuredContent), /b = 1/);
      } finally {
        await own.client.close();
      }
    }, { hasModel: false }));

  test(kind, "is told of changes", () =>
    withServed(async (served) => {
      const listed = Promise.withResolvers<void>();
      const updated = Promise.withResolvers<string>();
      const prompts = join(served.env.XDG_CONFIG_HOME!, "devmcp", "prompts");
      await Deno.mkdir(prompts, { recursive: true });
      const write = (text: string) =>
        Deno.writeTextFile(
          join(prompts, "mine.md"),
          `---\ntitle: Mine\ndescription: A persona.\nkind: persona\n---\n\n${text}\n`,
        );
      await write("First.");
      const own = await kind.connect(served, {
        onPromptsChanged: listed.resolve,
        onUpdated: updated.resolve,
      });
      try {
        const { contents } = await own.client.readResource({ uri: "prompts://mine" });
        assert.match(JSON.stringify(contents), /First/);
        await own.watch("prompts://mine");
        await write("Second.");
        assert.equal(await soon(updated.promise, "the update"), "prompts://mine");
        await Deno.writeTextFile(
          join(prompts, "greet.md"),
          "---\ntitle: Greet\ndescription: Greets.\n---\n\nSay hello.\n",
        );
        await soon(listed.promise, "the changed list");
        const { prompts: now } = await own.client.listPrompts();
        assert.ok(now.some(({ name }) => name === "greet"));
      } finally {
        await own.client.close();
      }
    }));

  test(kind, "cancels a call, and the model is left alone", () =>
    withServed(async (served) => {
      const own = await kind.connect(served);
      try {
        const controller = new AbortController();
        const { signal } = controller;
        const failed = assert.rejects(
          own.call("generate_code", { description: "add" }, { signal }),
        );
        await until(() => asked(served.fake).length === 1, "the model is asked");
        controller.abort();
        await failed;
        await until(() => asked(served.fake)[0]!.aborted === true, "the model is left alone");
      } finally {
        await own.client.close();
      }
    }, SLOW));
}

/** Breaks the stream of the first call off after its first event; tells what was taken up again. */
function breakOff(): { fetch: Fetch; resumed: string[] } {
  const resumed: string[] = [];
  let isBroken = false;
  const brittle: Fetch = async (url, init) => {
    const request = new Request(url, init);
    const from = request.headers.get("last-event-id");
    if (from) resumed.push(from);
    const isCall = (await request.clone().text()).includes("tools/call");
    const response = await fetch(request);
    if (isBroken || !isCall) return response;
    isBroken = true;
    return new Response(firstEvent(response.body!), response);
  };
  return { fetch: brittle, resumed };
}

function firstEvent(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let text = "";
  return new ReadableStream({
    async pull(stream) {
      const { value } = await reader.read();
      text += new TextDecoder().decode(value);
      stream.enqueue(value!);
      if (!text.includes("\n\n")) return;
      await reader.cancel();
      stream.error(new TypeError("broken off"));
    },
  });
}

for (const kind of KINDS.filter(({ transport, era }) => transport === "HTTP" && era === "legacy")) {
  test(kind, "takes up a stream that broke off", () =>
    withServed(async (served) => {
      const { fetch, resumed } = breakOff();
      const own = await kind.connect(served, { fetch });
      try {
        const { structuredContent } = await own.call("generate_code", { description: "add" });
        assert.ok(structuredContent);
        assert.equal(resumed.length, 1);
      } finally {
        await own.client.close();
      }
    }, { reply: goodModel, tokenDelayMs: 10 }));
}
