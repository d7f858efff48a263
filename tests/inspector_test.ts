/** MCP Inspector's own command line lists and calls all that the binary serves. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { BINARY } from "./devmcp.ts";
import { promptArguments, type Served, TOOL_ARGUMENTS, withServed } from "./served.ts";

const INSPECTOR = "npm:@modelcontextprotocol/inspector@2.12.0/clients/cli/build/index.js";
const RUNNER = fileURLToPath(new URL("inspector_cli.ts", import.meta.url));
/** Of one call, on a busy machine. */
const PATIENCE_MS = 60_000;
/** Each is two processes. */
const AT_ONCE = 3;

const ERAS = ["legacy", "modern"] as const;
const TRANSPORTS = ["stdio", "HTTP"] as const;

// deno-lint-ignore no-explicit-any
type Result = any;
type Inspect = (method: string, ...options: string[]) => Promise<Result>;

/** Where to find the server, as Inspector takes it. */
function targetOf(served: Served, transport: (typeof TRANSPORTS)[number]): string[] {
  if (transport === "HTTP") return [served.url];
  const set = Object.entries(served.env).filter(([, value]) => value !== "");
  const env = set.flatMap(([name, value]) => ["-e", `${name}=${value}`]);
  return [BINARY, ...served.args, ...env];
}

async function run(folder: string, args: string[]) {
  const options = ["run", "-A", "--no-config", "--no-lock", "--quiet", RUNNER, INSPECTOR];
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...options, "--format", "json", ...args],
    cwd: folder,
    env: { NO_COLOR: "1", MCP_CATALOG_PATH: `${folder}/catalog.json` },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: decode(stdout), stderr: decode(stderr) };
}

function inspector(
  served: Served,
  transport: (typeof TRANSPORTS)[number],
  era: (typeof ERAS)[number],
): Inspect {
  return async (method, ...options) => {
    const args = ["--protocol-era", era, "--method", method, ...options];
    // Flags of Inspector's own come before the server's command, whose flags are its own.
    const { code, stdout, stderr } = await run(served.folder, [
      ...args,
      ...targetOf(served, transport),
    ]);
    assert.equal(code, 0, `${args.join(" ")}: ${stdout}${stderr}`);
    return JSON.parse(stdout).result;
  };
}

async function callAll(inspect: Inspect): Promise<void> {
  const { tools } = await inspect("tools/list");
  assert.deepEqual(
    tools.map(({ name }: { name: string }) => name),
    Object.keys(TOOL_ARGUMENTS),
  );
  await together(tools, async ({ name }) => {
    const given = JSON.stringify(TOOL_ARGUMENTS[name]);
    const result = await inspect("tools/call", "--tool-name", name, "--tool-args-json", given);
    assert.ok(result.structuredContent, name);
  });
}

async function readAll(inspect: Inspect): Promise<void> {
  const { resources } = await inspect("resources/list");
  assert.ok(resources.length > 0);
  await together(resources, async ({ uri }) => {
    const { contents } = await inspect("resources/read", "--uri", uri);
    assert.equal(contents[0].uri, uri);
  });
  const { resourceTemplates } = await inspect("resources/templates/list");
  assert.ok(resourceTemplates.length > 0);
}

async function getAll(inspect: Inspect): Promise<void> {
  const { prompts } = await inspect("prompts/list");
  assert.ok(prompts.length > 0);
  await together(prompts, async (prompt) => {
    const args = Object.entries(promptArguments(prompt)).map(([name, text]) => `${name}=${text}`);
    const given = args.length > 0 ? ["--prompt-args", ...args] : [];
    const { messages } = await inspect("prompts/get", ...given, "--prompt-name", prompt.name);
    assert.ok(messages.length > 0, prompt.name);
  });
}

/** Does some at the same time, so that two processors have work. */
async function together(
  items: Result[],
  work: (item: Result) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  const worker = async () => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

Deno.test("Inspector finds nothing wrong with the tools' schemas, in both eras", () =>
  withServed(async (served) => {
    for (const era of ERAS) {
      const args = ["--protocol-era", era, "--method", "tools/list", "--strict"];
      const { code, stderr } = await run(served.folder, [...args, served.url]);
      assert.deepEqual([code, stderr], [0, ""]);
    }
  }));

for (const [transport, era] of [["stdio", "legacy"], ["HTTP", "modern"]] as const) {
  Deno.test(`Inspector lists, calls, reads and gets all over ${transport}, ${era}`, () =>
    withServed(async (served) => {
      const inspect = inspector(served, transport, era);
      await callAll(inspect);
      await readAll(inspect);
      await getAll(inspect);
    }));
}

for (const [transport, era] of [["stdio", "modern"], ["HTTP", "legacy"]] as const) {
  Deno.test(`Inspector lists all over ${transport}, ${era}`, () =>
    withServed(async (served) => {
      const inspect = inspector(served, transport, era);
      const methods = ["tools/list", "resources/list", "resources/templates/list", "prompts/list"];
      await together(methods, async (method) => {
        const [items] = Object.values(await inspect(method)).filter(Array.isArray);
        assert.ok(items!.length > 0, method);
      });
    }));
}
