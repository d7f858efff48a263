/** The prompts and resources of the binary over stdio, and the user's own beside them. */
import assert from "node:assert/strict";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { inFolder } from "./devmcp.ts";
import { homeIn, withHttpHost } from "./http_host.ts";
import { Host, INITIALIZE, type Message, withHost } from "./mcp_host.ts";
import { until } from "../config/until_fixture.ts";

const PROMPTS = [
  "code-review",
  "commit-message",
  "document-code",
  "explain-code",
  "formalize-task",
  "refactor",
  "test-generation",
];
const RESOURCES = [
  "config://coding-standards",
  "prompts://architect",
  "prompts://python-developer",
  "prompts://technical-writer",
  "templates://project-structure",
  "tools://reference",
];

const GREET = `---
title: Greet
description: Greets somebody.
arguments:
  - name: who
    description: Whom to greet
    required: true
    values: [Ada, Alan]
  - name: how
    description: In what manner
---

Greet {{who}}.

Manner: {{how}}
`;
const POET = "---\ntitle: Poet\ndescription: Rhymes.\nkind: persona\n---\n\nYou rhyme.\n";

let ids = 0;

/** The result of a request; errors are the test's end. */
async function ask(host: Host, method: string, params: object = {}): Promise<Message> {
  const { result, error } = await host.request(++ids, method, params);
  assert.equal(error, undefined, `${method}: ${JSON.stringify(error)}`);
  return result;
}

async function refusal(host: Host, method: string, params: object): Promise<Message> {
  const { error } = await host.request(++ids, method, params);
  assert.ok(error, method);
  return error;
}

async function textOf(host: Host, uri: string): Promise<string> {
  const { contents } = await ask(host, "resources/read", { uri });
  assert.equal(contents.length, 1);
  return contents[0].text;
}

async function complete(host: Host, ref: object, name: string, value: string): Promise<string[]> {
  const params = { ref, argument: { name, value } };
  return (await ask(host, "completion/complete", params)).completion.values;
}

/** Waits until a notification of `method` has come since `from` messages were there. */
async function told(host: Host, method: string, from: number): Promise<void> {
  const isTold = () => host.messages.slice(from).some((message) => message.method === method);
  while (!isTold()) await host.next();
}

/** A server whose user has the folder `config/devmcp/prompts`, with these files. */
async function withUser(
  files: Record<string, string>,
  test: (host: Host, folder: string) => Promise<void>,
): Promise<void> {
  const placed = Object.entries(files).map(([name, text]) => [`config/devmcp/${name}`, text]);
  await inFolder({ "config/keep": "", ...Object.fromEntries(placed) }, async (folder) => {
    const env = { XDG_CONFIG_HOME: `${folder}/config` };
    const prompts = `${folder}/config/devmcp/prompts`;
    await withHost((host) => test(host, prompts), ["--root", folder], env);
  });
}

Deno.test("serve lists its prompts, and gives each with what is required and with all", async () => {
  await withUser({}, async (host) => {
    const { prompts } = await ask(host, "prompts/list");
    assert.deepEqual(prompts.map(({ name }: Message) => name), PROMPTS);
    for (const { name, arguments: args } of prompts) {
      const given = (some: Message[]) =>
        Object.fromEntries(some.map((one) => [one.name, `<${one.name}>`]));
      for (const some of [args.filter(({ required }: Message) => required), args]) {
        const { messages } = await ask(host, "prompts/get", { name, arguments: given(some) });
        assert.equal(messages.length, 1);
        assert.equal(messages[0].role, "user");
        for (const one of some) assert.ok(messages[0].content.text.includes(`<${one.name}>`));
        assert.doesNotMatch(messages[0].content.text, /\{\{/);
      }
      const { code, message } = await refusal(host, "prompts/get", { name });
      assert.deepEqual([code, /must be given/.test(message)], [-32602, true]);
    }
    const error = await refusal(host, "prompts/get", { name: "code-reveiw" });
    assert.match(error.message, /no such prompt; did you mean "code-review"\?/);
  });
});

Deno.test("serve lists and reads its resources, and those of its templates", async () => {
  await withUser({}, async (host) => {
    const { resources } = await ask(host, "resources/list");
    assert.deepEqual(resources.map(({ uri }: Message) => uri).sort(), RESOURCES);
    for (const { uri, size, mimeType } of resources) {
      const text = await textOf(host, uri);
      assert.equal(new TextEncoder().encode(text).length, size, uri);
      if (mimeType === "application/json") JSON.parse(text);
    }
    const { resourceTemplates } = await ask(host, "resources/templates/list");
    for (const { uriTemplate } of resourceTemplates) {
      const [, name] = /\{(\w+)\}$/.exec(uriTemplate)!;
      const values = await complete(host, { type: "ref/resource", uri: uriTemplate }, name!, "");
      assert.ok(values.length > 0 || name === "id", uriTemplate);
      for (const value of values) {
        assert.ok(await textOf(host, uriTemplate.replace(/\{\w+\}$/, value)));
      }
    }
    for (
      const uri of ["prompts://nobody", "templates://project-structure/..", "file:///etc/passwd"]
    ) {
      assert.match((await refusal(host, "resources/read", { uri })).message, /not found/i);
    }
  });
});

Deno.test("serve tells the coding standards of the user's configuration and the project", async () => {
  const files = {
    "devmcp.yaml": "code_generation:\n  language: typescript\nmodel:\n  code:\n    " +
      "endpoints: [http://user:SECRET@localhost:1]\n",
    "../../ruff.toml": 'line-length = 111\n[lint]\nselect = ["F401"]\n',
  };
  await withUser(files, async (host) => {
    const text = await textOf(host, "config://coding-standards");
    const { language, python } = JSON.parse(text);
    assert.equal(language, "typescript");
    assert.deepEqual([python.line_length, python.rules], [111, { F401: "unused-import" }]);
    assert.doesNotMatch(text, /SECRET|localhost/);
  });
});

Deno.test("serve completes arguments of prompts", async () => {
  await withUser({ "prompts/greet.md": GREET }, async (host) => {
    const ref = (name: string) => ({ type: "ref/prompt", name });
    assert.deepEqual(await complete(host, ref("code-review"), "language", "Ty"), ["typescript"]);
    assert.deepEqual(await complete(host, ref("test-generation"), "framework", "pyt"), ["pytest"]);
    assert.deepEqual(await complete(host, ref("greet"), "who", "al"), ["Alan"]);
  });
});

Deno.test("serve offers the user's own prompts as they come, change and go", async () => {
  await withUser({}, async (host, folder) => {
    const names = async () =>
      (await ask(host, "prompts/list")).prompts.map(({ name }: Message) => name);
    const afterwards = async (method: string, change: () => Promise<void>) => {
      const from = host.messages.length;
      await change();
      await told(host, method, from);
    };
    const prompts = "notifications/prompts/list_changed";
    const write = (name: string, text: string) => Deno.writeTextFile(`${folder}/${name}.md`, text);
    assert.deepEqual(await names(), PROMPTS);

    await afterwards(prompts, async () => {
      await Deno.mkdir(folder, { recursive: true });
      await write("greet", GREET);
    });
    assert.deepEqual(await names(), [...PROMPTS, "greet"].sort());
    const get = async () =>
      (await ask(host, "prompts/get", { name: "greet", arguments: { who: "Ada" } })).messages[0]
        .content.text;
    assert.equal(await get(), "Greet Ada.");

    await afterwards(prompts, () => write("greet", GREET.replace("Greet {{", "Hug {{")));
    assert.equal(await get(), "Hug Ada.");

    await afterwards(prompts, () => write("refactor", "broken"));
    assert.ok(!(await names()).includes("refactor"));
    const { message } = await refusal(host, "prompts/get", { name: "refactor" });
    assert.match(
      message,
      /Cannot use the prompt "refactor.md": it does not start with front matter/,
    );
    assert.ok(!message.includes(folder));

    await afterwards(prompts, () => Deno.remove(folder, { recursive: true }));
    assert.deepEqual(await names(), PROMPTS);
  });
});

/** Whether a process watches a folder, as Linux tells it. */
async function watches(pid: number): Promise<boolean> {
  for await (const { name } of Deno.readDir(`/proc/${pid}/fdinfo`)) {
    const text = await Deno.readTextFile(`/proc/${pid}/fdinfo/${name}`).catch(() => "");
    if (text.includes("inotify ")) return true;
  }
  return false;
}

Deno.test({
  name: "serve tells a client that has asked for nothing yet of the first change of the prompts",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    withUser({ "prompts/poet.md": POET }, async (host, folder) => {
      await until(() => watches(host.pid), "it watches");
      await Deno.writeTextFile(`${folder}/greet.md`, GREET);
      await told(host, "notifications/prompts/list_changed", 0);
    }),
});

Deno.test("serve tells who subscribed of a persona that has changed", async () => {
  await withUser({ "prompts/poet.md": POET }, async (host, folder) => {
    const uri = "prompts://poet";
    assert.equal(await textOf(host, uri), "You rhyme.\n");
    await ask(host, "resources/subscribe", { uri });
    const from = host.messages.length;
    await Deno.writeTextFile(`${folder}/poet.md`, POET.replace("rhyme", "sing"));
    await told(host, "notifications/resources/updated", from);
    await told(host, "notifications/resources/list_changed", from);
    const updated = host.messages.slice(from).find(({ method }) => /updated/.test(method));
    assert.equal(updated.params.uri, uri);
    assert.equal(await textOf(host, uri), "You sing.\n");
  });
});

const MODERN_META = {
  "io.modelcontextprotocol/protocolVersion": "2026-07-28",
  "io.modelcontextprotocol/clientInfo": { name: "test", version: "0" },
  "io.modelcontextprotocol/clientCapabilities": {},
};

/** By era: what a client says to be told of one resource, and before that. */
const SUBSCRIBING: [era: string, first: object[], method: string, params: object][] = [
  [
    "2025-11-25",
    [INITIALIZE, { jsonrpc: "2.0", method: "notifications/initialized" }],
    "resources/subscribe",
    { uri: "prompts://poet" },
  ],
  ["2026-07-28", [], "subscriptions/listen", {
    notifications: { resourceSubscriptions: ["prompts://poet"] },
    _meta: MODERN_META,
  }],
];

for (const [era, first, method, params] of SUBSCRIBING) {
  Deno.test(`serve tells a client of ${era} of what changes right after it has subscribed`, () =>
    inFolder({ "config/devmcp/prompts/poet.md": POET }, async (folder) => {
      const host = new Host([], { ...homeIn(folder) });
      await host.send(...first, { jsonrpc: "2.0", id: 1, method, params });
      const isAnswer = ({ id, method = "" }: Message) => id === 1 || /acknowledged/.test(method);
      while (!isAnswer(await host.next()));
      const path = `${folder}/config/devmcp/prompts/poet.md`;
      await Deno.writeTextFile(path, POET.replace("rhyme", "sing"));
      await told(host, "notifications/resources/updated", 0);
      assert.equal((await host.close()).code, 0);
    }));
}

Deno.test("serve keeps results for the client that asked, and for no other", async () => {
  await withUser({}, async (host) => {
    const { _meta } = await ask(host, "tools/call", {
      name: "format_code",
      arguments: { code: "canary=1" },
    });
    const uri = _meta["devmcp/result"];
    assert.equal(JSON.parse(await textOf(host, uri)).formatted_code, "canary = 1\n");
    await told(host, "notifications/resources/list_changed", 0);
    const listed = async (one: Host) =>
      (await ask(one, "resources/list")).resources.map(({ uri }: Message) => uri);
    assert.ok((await listed(host)).includes(uri));
    await withUser({}, async (other) => {
      await ask(other, "tools/call", { name: "format_code", arguments: { code: "x=1" } });
      const results = (await listed(other)).filter((one: string) => one.startsWith("results:"));
      assert.equal(results.length, 1);
      assert.notEqual(results[0], uri);
      await refusal(other, "resources/read", { uri });
    });
  });
});

/** The binary's prompts and resources as the official client sees them over HTTP. */
async function withClient(
  url: string,
  mode: "legacy" | { pin: string },
  test: (client: Client) => Promise<void>,
): Promise<void> {
  const client = new Client({ name: "test", version: "0" }, { versionNegotiation: { mode } });
  await client.connect(new StreamableHTTPClientTransport(new URL(url)));
  try {
    await test(client);
  } finally {
    await client.close();
  }
}

async function callFormat(client: Client, code: string): Promise<string> {
  const { _meta } = await client.callTool({ name: "format_code", arguments: { code } });
  return _meta!["devmcp/result"] as string;
}

async function listResults(client: Client): Promise<string[]> {
  const { resources } = await client.listResources();
  return resources.map(({ uri }) => uri).filter((uri) => uri.startsWith("results://"));
}

Deno.test({
  name: "serve --http lists results to the session that asked, and to no other",
  sanitizeOps: false, // the client leaves timers of its own
  sanitizeResources: false,
  fn: () =>
    withHttpHost(async ({ url }) => {
      await withClient(url, "legacy", async (one) => {
        await withClient(url, "legacy", async (other) => {
          const uris = [await callFormat(one, "a=1"), await callFormat(other, "b=2")];
          assert.deepEqual(await listResults(one), [uris[0]]);
          assert.deepEqual(await listResults(other), [uris[1]]);
        });
      });
      await withClient(url, { pin: "2026-07-28" }, async (client) => {
        const uri = await callFormat(client, "c=3");
        assert.deepEqual(await listResults(client), []);
        const { contents: [content] } = await client.readResource({ uri });
        assert.match((content as { text: string }).text, /c = 3/);
        const { prompts } = await client.listPrompts();
        assert.deepEqual(prompts.map(({ name }) => name), PROMPTS);
      });
    }),
});
