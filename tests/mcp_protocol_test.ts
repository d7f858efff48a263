/** What an MCP server asks its client and offers beside tools: raw lines, both eras, the binary. */
import assert from "node:assert/strict";
import { inFolder } from "./devmcp.ts";
import { Host, type Message } from "./mcp_host.ts";

const ABLE = { elicitation: {}, sampling: {}, roots: {} };

/** A client that answers what it is asked. */
interface Client {
  /** The result or error, once the client has answered what the call asked. */
  request(method: string, params?: object): Promise<Message>;
  /** What it was asked. */
  asked: Message[];
  host: Host;
}

type Answer = (request: Message) => object;

async function openLegacy(host: Host, answer: Answer): Promise<Client> {
  const clientInfo = { name: "test", version: "0" };
  const params = { protocolVersion: "2025-11-25", capabilities: ABLE, clientInfo };
  await host.request("init", "initialize", params);
  await host.send({ jsonrpc: "2.0", method: "notifications/initialized" });
  const asked: Message[] = [];
  let ids = 0;
  const request = async (method: string, params: object = {}) => {
    const id = ++ids;
    await host.send({ jsonrpc: "2.0", id, method, params });
    for (;;) {
      const message = await host.next();
      if (message.id === id && !message.method) return message;
      if (!message.method || message.id === undefined) continue;
      asked.push(message);
      await host.send({ jsonrpc: "2.0", id: message.id, result: answer(message) });
    }
  };
  return { request, asked, host };
}

function openModern(host: Host, answer: Answer): Promise<Client> {
  const _meta = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientInfo": { name: "test", version: "0" },
    "io.modelcontextprotocol/clientCapabilities": ABLE,
  };
  const asked: Message[] = [];
  let ids = 0;
  const request = async (method: string, params: object = {}) => {
    let more = {};
    for (;;) {
      const message = await host.request(++ids, method, { ...params, ...more, _meta });
      const { inputRequests, requestState, resultType } = message.result ?? {};
      if (resultType !== "input_required") return message;
      const answers = Object.entries(inputRequests).map(([key, one]) => {
        asked.push(one);
        return [key, answer(one)];
      });
      more = { inputResponses: Object.fromEntries(answers), requestState };
    }
  };
  return Promise.resolve({ request, asked, host });
}

const eras = [["2025-11-25", openLegacy], ["2026-07-28", openModern]] as const;

/** A server whose home is empty, and a client of it. */
async function withClient(
  open: typeof openModern,
  answer: Answer,
  test: (client: Client, folder: string) => Promise<void>,
  args: string[] = [],
): Promise<void> {
  await inFolder({ "one/a.py": "a = 1\n", "two/b.py": "b = 1\nc = 2\n" }, async (folder) => {
    const env = { HOME: folder, XDG_CONFIG_HOME: `${folder}/config`, OLLAMA_HOST: "127.0.0.1:9" };
    const host = new Host(args, env);
    try {
      await test(await open(host, answer), folder);
    } finally {
      assert.equal((await host.close()).code, 0);
    }
  });
}

const nothing = () => assert.fail("asked");

for (const [era, open] of eras) {
  Deno.test(`serve offers prompts and resources, ${era}`, () =>
    withClient(open, nothing, async ({ request }) => {
      const { prompts } = (await request("prompts/list")).result;
      assert.ok(prompts.some(({ name }: Message) => name === "code-review"));
      const filled = await request("prompts/get", {
        name: "code-review",
        arguments: { code: "x = 1", language: "python" },
      });
      assert.match(JSON.stringify(filled.result.messages), /x = 1/);
      const { resources } = (await request("resources/list")).result;
      for (const { uri } of resources) {
        const { contents } = (await request("resources/read", { uri })).result;
        assert.ok(contents[0].text.length > 0, uri);
      }
      assert.ok(resources.some(({ uri }: Message) => uri === "prompts://architect"));
      const ref = { type: "ref/prompt", name: "code-review" };
      const argument = { name: "language", value: "py" };
      const { completion } = (await request("completion/complete", { ref, argument })).result;
      assert.deepEqual(completion.values, ["python"]);
      const missing = await request("resources/read", { uri: "prompts://nobody" });
      assert.equal(missing.error.code, -32602);
    }));

  Deno.test(`serve keeps a result as a resource of its client, ${era}`, () =>
    withClient(open, nothing, async ({ request }) => {
      const call = { name: "format_code", arguments: { code: "x=1" } };
      const { _meta } = (await request("tools/call", call)).result;
      const uri = _meta["devmcp/result"];
      assert.match(uri, /^results:\/\/[0-9a-f]{32}$/);
      const { contents } = (await request("resources/read", { uri })).result;
      assert.match(contents[0].text, /x = 1/);
    }));

  Deno.test(`serve asks for what is missing, ${era}`, () => {
    const answer = () => ({ action: "accept", content: { path: "new.py", content: "n = 1\n" } });
    return withClient(open, answer, async ({ request, asked }) => {
      const call = { name: "write_file", arguments: { dry_run: true } };
      const { result } = await request("tools/call", call);
      assert.match(result.structuredContent?.diff, /^\+n = 1$/m);
      const [form] = asked.filter(({ method }) => method === "elicitation/create");
      assert.deepEqual(form.params.requestedSchema.required, ["path", "content"]);
    }, ["--allow-writes"]);
  });

  Deno.test(`serve works where the client's roots are, ${era}`, () => {
    let folders: string[] = [];
    const answer = () => ({ roots: folders.map((path) => ({ uri: `file://${path}` })) });
    return withClient(open, answer, async ({ request }, folder) => {
      folders = [`${folder}/one`, `${folder}/two`];
      const measure = (path: string) =>
        request("tools/call", { name: "analyze_complexity", arguments: { path } });
      const lines = async (path: string) =>
        (await measure(path)).result.structuredContent?.lines_of_code;
      assert.equal(await lines("a.py"), 1);
      assert.equal(await lines(`${folder}/two/b.py`), 2);
      assert.equal((await measure("../two/b.py")).result.isError, true);
      assert.equal((await measure(`${folder}/config/x.py`)).result.isError, true);
    });
  });

  Deno.test(`serve uses the client's model where there is none, ${era}`, () => {
    const code = "```python\ndef add(a: int, b: int) -> int:\n    return a + b\n```";
    const answer = ({ method }: Message) => {
      assert.equal(method, "sampling/createMessage");
      return { role: "assistant", model: "m", content: { type: "text", text: code } };
    };
    return withClient(open, answer, async ({ request, asked }) => {
      const call = { name: "generate_code", arguments: { description: "add two numbers" } };
      const { result } = await request("tools/call", call);
      assert.ok(!result.isError, JSON.stringify(result.content));
      assert.match(result.structuredContent.code, /def add/);
      assert.match(JSON.stringify(asked[0].params.messages), /add two numbers/);
      const review = { name: "review_code", arguments: { code: "x = 1\n" } };
      const before = asked.length;
      assert.ok(!(await request("tools/call", review)).result.isError);
      assert.equal(asked.length, before);
    });
  });
}
