/** What is wrong with files when the server starts or serves: one line and exit 2, or it goes on and says so. */
import assert from "node:assert/strict";
import { devmcp, inFolder } from "./devmcp.ts";
import { homeIn, type HttpHost, withHttpHost } from "./http_host.ts";
import { legacyClient } from "./mcp_over_http.ts";
import { until } from "./slow_model.ts";

const SERVE = ["serve", "--http", "127.0.0.1:0"];

/** Something in `files` that serving cannot do without. */
const refused: [what: string, files: Record<string, string>, message: RegExp][] = [
  ["keys that are no JSON", { "state/devmcp/api_keys.json": "{" }, /api_keys\.json/],
  ["keys of another form", { "state/devmcp/api_keys.json": '{"keys":5}' }, /api_keys\.json/],
  ["a folder for keys", { "state/devmcp/api_keys.json/x": "" }, /api_keys\.json/],
  ["a configuration that is no YAML", { "config/devmcp/devmcp.yaml": "a: [" }, /devmcp\.yaml/],
  ["a limit of 0", {
    "config/devmcp/devmcp.yaml": "server:\n  limits:\n    concurrent_calls: 0\n",
  }, /concurrent_calls/],
];

for (const [what, files, message] of refused) {
  Deno.test(`serve --http refuses ${what} in one line, with exit code 2`, () =>
    inFolder({ "work/.keep": "", ...files }, async (folder) => {
      const run = await devmcp(SERVE, { cwd: `${folder}/work`, env: homeIn(folder) });
      assert.deepEqual([run.code, run.stdout], [2, ""], run.stderr);
      assert.match(run.stderr, message);
      const lines = run.stderr.trimEnd().split("\n");
      assert.ok(
        lines.length === 1 || /^ {2}hint: /.test(lines[1]!) && lines.length === 2,
        run.stderr,
      );
    }));
}

for (const args of [SERVE, ["serve"]]) {
  Deno.test(`${args[0]} ${args[1] ?? "--stdio"} refuses a log that cannot be written, with exit code 2`, () =>
    inFolder({ "work/.keep": "" }, async (folder) => {
      const config = JSON.stringify({ logging: { file: `${folder}/work` } });
      await Deno.mkdir(`${folder}/config/devmcp`, { recursive: true });
      await Deno.writeTextFile(`${folder}/config/devmcp/devmcp.yaml`, config);
      const run = await devmcp(args, { cwd: `${folder}/work`, env: homeIn(folder) });
      assert.deepEqual([run.code, run.stdout], [2, ""], run.stderr);
      assert.match(
        run.stderr,
        /^devmcp: Cannot write the log ".*": it is a folder\n {2}hint: .*\n$/,
      );
    }));
}

async function run(name: string, ...args: string[]): Promise<boolean> {
  return (await new Deno.Command(name, { args, stderr: "null" }).output()).success;
}

/** Runs `test` with a folder on a disk that is full; does nothing where none can be made. */
async function onFullDisk(test: (folder: string) => Promise<void>): Promise<void> {
  await inFolder({}, async (folder) => {
    if (!await run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder)) return;
    try {
      await Deno.writeFile(`${folder}/fill`, new Uint8Array(64 * 1024)).catch(() => {});
      await test(folder);
    } finally {
      await run("umount", folder);
    }
  });
}

Deno.test("keys create says in one line that the disk is full, with exit code 2", () =>
  onFullDisk((disk) =>
    inFolder({}, async (folder) => {
      const env = { ...homeIn(folder), XDG_STATE_HOME: disk };
      const { code, stdout, stderr } = await devmcp(["keys", "create", "a"], { env, cwd: folder });
      assert.deepEqual([code, stdout], [2, ""], stderr);
      assert.match(stderr, /^devmcp: .*api_keys\.json.*\n( {2}hint: .*\n)?$/);
    })
  ));

Deno.test("serve goes on without its log where the disk is full, and says so once", () =>
  onFullDisk((disk) =>
    withHttpHost(async (host) => {
      for (let n = 0; n < 5; n++) {
        const client = await legacyClient(host.url);
        assert.ok((await client.request("tools/list")).answer.result.tools);
      }
      await until(() => /Cannot write the log/.test(host.stderr), "it is said");
      assert.equal(host.stderr.match(/Cannot write the log/g)!.length, 1);
    }, { config: JSON.stringify({ logging: { level: "debug", file: `${disk}/log` } }) })
  ));

/** Sessions are kept for the next process only where that has the same port. */
function onFixedPort(): string[] {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return ["--http", `127.0.0.1:${port}`];
}

/** Sessions are kept in memory in any case. */
async function servesSessions(host: HttpHost): Promise<void> {
  const clients = await Promise.all([1, 2, 3].map(() => legacyClient(host.url)));
  await until(() => /sessions will end with this process/.test(host.stderr), "it is said");
  for (const client of clients) {
    assert.ok((await client.request("tools/list")).answer.result.tools);
  }
  await legacyClient(host.url);
  assert.equal(host.stderr.match(/sessions will end/g)!.length, 1);
}

Deno.test("serve goes on where sessions cannot be kept on a full disk, and says so once", () =>
  onFullDisk((disk) =>
    withHttpHost(servesSessions, { args: onFixedPort(), env: { XDG_STATE_HOME: disk } })
  ));

Deno.test("serve goes on where the state's folder is none, and says so once", () =>
  withHttpHost(servesSessions, { args: onFixedPort(), files: { "state/devmcp": "" } }));
