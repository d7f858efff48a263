/** What README.md shows works as it is written there. */
import assert from "node:assert/strict";
import { startFakeOllama } from "../models/fakes/fake_ollama.ts";
import { MISTRAL, STARCODER_GGUF } from "../models/fakes/fake_ollama_library.ts";
import { BINARY, inFolder } from "./devmcp.ts";
import { blocksOf, runLine } from "./documented.ts";
import { goodModel, withModels } from "./model_world.ts";

const readme = await Deno.readTextFile(new URL("../README.md", import.meta.url));

const blocks = (language: string) => blocksOf(readme, language);

const PROJECT = {
  "work/src/a.py": '"""A module."""\n\nimport os\n\nx=1\n',
  "work/app.py": "print('app')\n",
};

Deno.test("README.md: every command line of the terminal section runs", async () => {
  const lines = blocks("sh").flatMap((block) => block.split("\n"))
    .map((line) => line.replace(/\s+#.*$/, ""))
    .filter((line) => /\bdevmcp\b/.test(line));
  assert.ok(lines.length >= 8, "the section moved");
  await withModels(startModels, async ({ folder, env }) => {
    const git = "git init -q . && git add . ";
    await runLine(git, folder, env);
    for (const line of lines) {
      const { code, stderr } = await runLine(line, folder, env);
      assert.ok(code === 0 || code === 1, `${line}: exit ${code}: ${stderr}`);
      assert.doesNotMatch(stderr, /Cannot|unexpected/, line);
    }
  }, PROJECT);
});

const startModels = () =>
  startFakeOllama({ reply: goodModel, registry: [MISTRAL, STARCODER_GGUF] });

interface HostConfig {
  command: string;
  args: string[];
}

Deno.test("README.md: the configuration of MCP hosts starts a server", async () => {
  const configs = blocks("json").map((block) => JSON.parse(block))
    .map(({ mcpServers, servers }) => (mcpServers ?? servers).devmcp as HostConfig);
  assert.equal(configs.length, 1);
  for (const { command, args } of configs) {
    assert.equal(command, "devmcp");
    await inFolder({}, async (folder) => {
      const child = new Deno.Command(BINARY, {
        args: args.map((arg) => /^(\/|\$)/.test(arg) ? folder : arg),
        stdin: "piped",
        stdout: "piped",
        stderr: "null",
      }).spawn();
      const writer = child.stdin.getWriter();
      const ping = { jsonrpc: "2.0", id: 1, method: "initialize", params: INITIALIZE };
      await writer.write(new TextEncoder().encode(`${JSON.stringify(ping)}\n`));
      await writer.close();
      const { code, stdout } = await child.output();
      assert.equal(code, 0);
      assert.equal(JSON.parse(new TextDecoder().decode(stdout)).result.serverInfo.name, "devmcp");
    });
  }
});

const INITIALIZE = {
  protocolVersion: "2025-11-25",
  capabilities: {},
  clientInfo: { name: "test", version: "1" },
};
