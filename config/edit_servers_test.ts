import assert from "node:assert/strict";
import fc from "fast-check";
import { changedJson } from "./edit_mcp_json.ts";
import { withoutServer, withServer } from "./edit_servers.ts";
import { parseConfigFile } from "./parse_file.ts";

const FILES = { command: "npx", args: ["-y", "files", "a b"], env: { KEY: "v: 1" } };
const add = (text: string, name = "files") => withServer(text, name, FILES, "f");
const remove = (text: string, name = "files") => withoutServer(text, name, "f");

const ADDED = `mcpServers:
  files:
    command: npx
    args: ["-y", files, "a b"]
    env:
      KEY: "v: 1"
`;

const OTHER = `# mine
mcpServers: # all of them
  # the old one
  old:
    url: https://example.com/mcp # here
    headers: {A: b}
  # the last one
  last: {command: x}
performance:
  jobs: 2 # two
`;

Deno.test("withServer() writes a server into an empty file, and beside others", () => {
  assert.equal(add(""), ADDED);
  assert.equal(add("# mine\n"), `# mine\n\n${ADDED}`);
  const [head, ...lines] = ADDED.split("\n").slice(0, -1);
  assert.equal(head, "mcpServers:");
  assert.equal(
    add(OTHER),
    OTHER.replace("# all of them\n", `# all of them\n${lines.join("\n")}\n`),
  );
});

Deno.test("withoutServer() takes out the server and nothing else", () => {
  assert.equal(remove(add(OTHER)), OTHER);
  assert.equal(remove(add("")), "mcpServers:\n");
  assert.equal(remove(OTHER, "last"), OTHER.replace("  last: {command: x}\n", ""));
  assert.equal(
    remove(OTHER, "old"),
    OTHER.replace(/ {2}old:\n.*\n.*\n/, ""),
  );
});

Deno.test("withServer() and withoutServer() say what cannot be done", () => {
  assert.throws(() => add(ADDED), /Cannot add "files": "f" has a server of that name/);
  assert.throws(() => add("", "a b"), /Cannot add "a b": it is no name/);
  assert.throws(() => add("", "devmcp"), /Cannot add "devmcp": it is the name of devmcp's own/);
  assert.throws(() => remove(""), /Cannot remove "files": "f" has no such server/);
  assert.throws(() => add("mcpServers: ["), /broken YAML/);
  const flow = "mcpServers: {files: {command: x}}";
  assert.throws(() => remove(flow), /its place is hard to tell/);
});

Deno.test("withServer() then withoutServer() leaves the file as it was, whatever the names", () => {
  const name = fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/).filter((one) => one !== "devmcp");
  const text = fc.string({ minLength: 1 }).filter((one) => !one.includes("\0"));
  fc.assert(fc.property(name, text, fc.array(text), (name, command, args) => {
    const server = { command, args };
    const changed = withServer(OTHER, name === "old" || name === "last" ? "x" : name, server, "f");
    const added = parseConfigFile(changed, "f").servers[0]!;
    assert.deepEqual(added.server, server);
    assert.equal(remove(changed, added.name), OTHER);
  }));
});

Deno.test("changedJson() keeps what only others know, and the indentation", () => {
  const text = '{\n\t"inputs": 1,\n\t"mcpServers": {\n\t\t"a": {\n\t\t\t"x": 1\n\t\t}\n\t}\n}\n';
  const changed = changedJson(text, "files", FILES, "f");
  assert.deepEqual(JSON.parse(changed), {
    inputs: 1,
    mcpServers: { a: { x: 1 }, files: FILES },
  });
  assert.equal(changedJson(changed, "files", undefined, "f"), text);
  assert.throws(() => changedJson(text, "a", FILES, "f"), /has a server of that name/);
  assert.throws(() => changedJson(text, "b", undefined, "f"), /has no such server/);
  assert.throws(() => changedJson("[]", "b", FILES, "f"), /is no table with mcpServers/);
  assert.throws(() => changedJson("{", "b", FILES, "f"), /is no table with mcpServers/);
});
