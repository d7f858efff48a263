/** What is wrong with files when the server starts or serves: one line and exit 2, or it goes on and says so. */
import assert from "node:assert/strict";
import { devmcp, inFolder } from "./devmcp.ts";
import { homeIn, type HttpHost, withHttpHost } from "./http_host.ts";
import { legacyClient } from "./mcp_over_http.ts";
import { until } from "../config/until_fixture.ts";

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

/** Starts a server whose log is this file, and gives the line that says why it has ended with 2. */
async function refusedLog(file: string, args: string[]): Promise<string> {
  let line = "";
  const config = JSON.stringify({ logging: { file } });
  await inFolder({ "work/.keep": "", "config/devmcp/devmcp.yaml": config }, async (folder) => {
    const run = await devmcp(args, { cwd: `${folder}/work`, env: homeIn(folder) });
    assert.deepEqual([run.code, run.stdout], [2, ""], run.stderr);
    const found = /^devmcp: Cannot write the log "(.*)": (.*)\n {2}hint: .*\n$/.exec(run.stderr);
    assert.equal(found?.[1], file, run.stderr);
    line = found![2]!;
  });
  return line;
}

for (const args of [SERVE, ["serve"]]) {
  const server = `${args[0]} ${args[1] ?? "--stdio"}`;

  Deno.test(`${server} refuses a log that cannot be written, with exit code 2`, async () => {
    await inFolder({}, async (folder) => {
      assert.equal(await refusedLog(folder, args), "it is a folder");
    });
    if (Deno.build.os !== "linux") return;
    assert.equal(await refusedLog("/dev/full", args), "permission denied");
  });

  Deno.test(`${server} refuses a log on a full disk, with exit code 2`, () =>
    onFullDisk(async (disk) => {
      assert.equal(await refusedLog(`${disk}/log`, args), "no space left on the disk");
    }));
}

async function run(name: string, ...args: string[]): Promise<boolean> {
  return (await new Deno.Command(name, { args, stderr: "null" }).output()).success;
}

/** Runs `test` with a folder on a disk that `fill` fills; does nothing where none can be made. */
async function onSmallDisk(
  test: (folder: string, fill: () => Promise<void>) => Promise<void>,
): Promise<void> {
  await inFolder({}, async (folder) => {
    if (!await run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder)) return;
    const fill = () => Deno.writeFile(`${folder}/fill`, new Uint8Array(64 * 1024)).catch(() => {});
    try {
      await test(folder, fill);
    } finally {
      await run("umount", folder);
    }
  });
}

/** Runs `test` with a folder on a disk that is full; does nothing where none can be made. */
function onFullDisk(test: (folder: string) => Promise<void>): Promise<void> {
  return onSmallDisk(async (folder, fill) => {
    await fill();
    await test(folder);
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

Deno.test("serve goes on without its log when the disk gets full, and says so once", () =>
  onSmallDisk((disk, fill) =>
    withHttpHost(async (host) => {
      await fill();
      const isTold = () => /Cannot write the log/.test(host.stderr);
      const list = async () => {
        const client = await legacyClient(host.url);
        assert.ok((await client.request("tools/list")).answer.result.tools);
      };
      // What was written before takes whole pages, whose rest can still be used.
      await until(async () => await list().then(isTold), "it is said");
      for (let n = 0; n < 5; n++) await list();
      assert.equal(host.stderr.match(/Cannot write the log/g)!.length, 1);
      assert.match(host.stderr, /Cannot write the log ".*": no space left on the disk\n/);
    }, { config: JSON.stringify({ logging: { level: "debug", file: `${disk}/log` } }) })
  ));

/** What `/ready` says of disks: its status, and what is wrong. */
async function readiness({ url }: HttpHost): Promise<[number, Record<string, string>]> {
  const response = await fetch(url.replace(/mcp$/, "ready"));
  const { models: _, ...checks } = (await response.json()).checks as Checks;
  const wrong = Object.entries(checks).filter(([, { ok }]) => !ok);
  return [response.status, Object.fromEntries(wrong.map(([name, { detail }]) => [name, detail]))];
}

type Checks = Record<string, { ok: boolean; detail: string }>;

const FULL = "no space left on the disk";

Deno.test("/ready says which disk is full; without that of the state the server is not ready", () =>
  onFullDisk(async (disk) => {
    const of = async (env: Record<string, string>) => {
      let found: Awaited<ReturnType<typeof readiness>> | undefined;
      await withHttpHost(async (host) => void (found = await readiness(host)), { env });
      return found;
    };
    assert.deepEqual(await of({}), [200, {}]);
    assert.deepEqual(await of({ XDG_CACHE_HOME: disk }), [200, { cache: FULL }]);
    assert.deepEqual(await of({ XDG_STATE_HOME: disk }), [503, { disk: FULL }]);
  }));

Deno.test("/ready says that the disk of the log is full", () =>
  onSmallDisk((disk, fill) =>
    withHttpHost(async (host) => {
      await fill();
      assert.deepEqual(await readiness(host), [200, { log: FULL }]);
    }, { config: JSON.stringify({ logging: { file: `${disk}/log` } }) })
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
