import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { parseMcpJson } from "./mcp_json.ts";
import { readServers } from "./mcp_servers.ts";
import { parseConfigFile } from "./parse_file.ts";

async function inProject(
  files: Record<string, string>,
  test: (folder: string, env: (name: string) => string | undefined) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(join(folder, "config/devmcp"), { recursive: true });
    await Deno.mkdir(join(folder, "project/.git"), { recursive: true });
    for (const [name, text] of Object.entries(files)) {
      await Deno.writeTextFile(join(folder, name), text);
    }
    const env = (name: string) => name === "XDG_CONFIG_HOME" ? join(folder, "config") : undefined;
    await test(folder, env);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const json = (servers: unknown) => JSON.stringify({ mcpServers: servers });

Deno.test("readServers() joins the user's servers with those of the project, the user's first", () =>
  inProject({
    "config/devmcp/devmcp.yaml": "mcpServers:\n  mine: {command: a}\n  both: {command: b}\n",
    "project/devmcp.yaml": "mcpServers: {yaml: {url: 'https://x.y/mcp'}}\n",
    "project/.mcp.json": json({
      both: { command: "evil" },
      yaml: { command: "c" },
      json: { command: "d" },
    }),
  }, async (folder, env) => {
    const { servers, problems } = await readServers(join(folder, "project"), env);
    assert.deepEqual(servers.map(({ name, scope, line }) => [name, scope, line]), [
      ["mine", "user", 2],
      ["both", "user", 3],
      ["yaml", "project", 1],
      ["json", "project", undefined],
    ]);
    assert.equal(problems.length, 2);
    assert.match(problems[0]!, /^\.mcp\.json: "both" is left out, .*devmcp\.yaml has a server/);
  }));

Deno.test("readServers() takes no link for a project's file", () =>
  inProject({ "elsewhere.json": json({ a: { command: "a" } }) }, async (folder, env) => {
    const file = join(folder, "project/.mcp.json");
    await Deno.symlink(join(folder, "elsewhere.json"), file);
    const { servers, problems } = await readServers(join(folder, "project"), env);
    assert.deepEqual([servers, problems.length], [[], 1]);
    assert.match(problems[0]!, /^Cannot read ".*\.mcp\.json": it is a symbolic link$/);
    await Deno.remove(file);
    await Deno.symlink(join(folder, "elsewhere.json"), join(folder, "project/devmcp.yaml"));
    await assert.rejects(readServers(join(folder, "project"), env), /it is a symbolic link/);
  }));

const server = (value: unknown) => {
  const { servers, problems } = parseMcpJson(json({ s: value }), ".mcp.json");
  return servers[0]?.server ?? problems[0];
};
const problem = (rest: string) => `Cannot use ".mcp.json": "mcpServers.s${rest}`;

const table: [unknown, unknown][] = [
  [{ command: "a", args: ["b"], env: { P: 8080 }, cwd: "x", autoApprove: ["*"] }, {
    command: "a",
    args: ["b"],
    env: { P: 8080 },
    cwd: "x",
  }],
  [{ type: "streamable-http", url: "https://x.y", headers: { A: "b" } }, {
    type: "streamable-http",
    url: "https://x.y",
    headers: { A: "b" },
  }],
  [{ url: "${URL}/mcp", tools: ["*"], oauth: true }, {
    url: "${URL}/mcp",
    tools: ["*"],
    oauth: undefined,
  }],
  [{}, problem('" needs command or url')],
  [1, problem('" must be a table')],
  [{ command: "a", url: "https://x.y" }, problem('" has both command and url')],
  [{ command: "a", type: "sse" }, problem('" has a command, so type cannot be sse')],
  [{ command: 1 }, problem('.command" must be a text of at most 8192 characters')],
  [{ command: "a\0b" }, problem('.command" holds a character that cannot be there')],
  [{ command: "a", args: "b" }, problem('.args" must be a list of at most 128 texts')],
  [{ command: "a", env: { "A=B": "c" } }, problem('.env.A=B" is no name that it can have')],
  [{ url: "file:///etc" }, problem('.url" must begin with http:// or https://')],
  [
    { url: "http://x", headers: { A: "b\r\nC: d" } },
    problem('.headers.A" holds a character that cannot be there'),
  ],
  [{ url: "http://x", timeout_seconds: -1 }, problem('.timeout_seconds" must be a number above 0')],
];

for (const [value, expected] of table) {
  Deno.test(`parseMcpJson() of ${JSON.stringify(value)}`, () => {
    assert.deepEqual(server(value), expected);
  });
}

for (
  const [text, state] of [
    ["{", "it is not JSON"],
    ["[]", "it must be a table with mcpServers"],
    ['{"mcpServers": []}', '"mcpServers" must be a table of servers'],
  ] as const
) {
  Deno.test(`parseMcpJson() of ${text} says that ${state}`, () => {
    assert.deepEqual(parseMcpJson(text, "f").problems, [`Cannot use "f": ${state}`]);
  });
}

Deno.test("parseMcpJson() leaves out bad names and too many servers, and tells", () => {
  const many = Object.fromEntries(
    Array.from({ length: 70 }, (_, i) => [`s${i}`, { command: "a" }]),
  );
  const { servers, problems } = parseMcpJson(json({ "a b": {}, devmcp: {}, ...many }), "f");
  assert.equal(servers.length, 62);
  assert.deepEqual(problems, [
    'Cannot use "f": "mcpServers.a b" is no name: letters, digits, _ and - only, at most 64',
    'Cannot use "f": "mcpServers.devmcp" is the name of devmcp\'s own',
    'Cannot use "f": it has more than 64 servers',
  ]);
});

Deno.test("parseMcpJson() answers anything in lines", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.json(), fc.dictionary(fc.string(), fc.jsonValue()).map(json)),
      (text) => {
        for (const problem of parseMcpJson(text, "f").problems) {
          assert.ok(!["\n", "\r", "\u001b"].some((one) => problem.includes(one)));
        }
      },
    ),
  );
});

Deno.test("a devmcp.yaml is strict, and its mistakes have a place", () => {
  const parse = (text: string) => parseConfigFile(text, "f");
  assert.throws(
    () => parse("mcpServers:\n  a:\n    command: x\n    comand: y\n"),
    { message: 'Cannot use "f:4": "mcpServers.a.comand" is no key; did you mean "command"?' },
  );
  assert.throws(
    () => parse("mcpServers:\n  a:\n    command: x\n    tools: {allow: x}\n"),
    /Cannot use "f:4": "mcpServers\.a\.tools"/,
  );
  assert.throws(() => parse("mcpServers:\n  a: {command: x}\n  a: {command: y}\n"), /there twice/);
  assert.throws(() => parse("mcpServers: 1\n"), /mcpServers must be a table/);
  assert.throws(() => parse("mcpServers: {a: &x {command: *x}}"), /must be a text/);
});
