/** What `devmcp mcp install` makes of the configuration of every client. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { MCP_CLIENTS } from "../commands/mcp/mcp_clients.ts";
import { getInJsonc } from "../config/edit_jsonc.ts";
import { devmcp, inFolder, type Run } from "./devmcp.ts";

interface Home {
  folder: string;
  run(...args: string[]): Promise<Run>;
  read(name: string): Promise<string>;
}

/** Runs in a home of its own; a project is the folder `project` in it. */
async function inHome(files: Record<string, string>, test: (home: Home) => Promise<void>) {
  await inFolder({ "project/README.md": "", ...files }, async (made) => {
    const folder = await Deno.realPath(made);
    const env = { HOME: folder, XDG_CONFIG_HOME: `${folder}/.config` };
    await test({
      folder,
      run: (...args) => devmcp(["mcp", ...args], { cwd: `${folder}/project`, env }),
      read: (name) => Deno.readTextFile(join(folder, name)),
    });
  });
}

/** Other entries, in the manner of people: comments, tabs, no last line's end. */
function othersOf(keys: string[]): string {
  const open = keys.map((key, i) => `${"\t".repeat(i + 1)}"${key}": {`).join("\n");
  const close = keys.map((_, i) => `${"\t".repeat(keys.length - i)}},`).join("\n");
  const inner = "\t".repeat(keys.length + 1);
  const other = `${inner}"other": { "type": "local", "command": ["x"] }, // theirs`;
  return `// mine\n{\n\t"theme": "dark", /* yes */\n${open}\n${inner}// all of them\n${other}\n${close}\n}`;
}

for (const client of MCP_CLIENTS) {
  const { id } = client;

  Deno.test(`devmcp mcp install --client ${id} adds itself, once, and goes again`, async () => {
    const others = othersOf(client.keys);
    await inHome({}, async ({ folder, run, read }) => {
      const env = (name: string) => name === "HOME" ? folder : undefined;
      const file = client.files({ env, os: Deno.build.os }).at(-1)!;
      const name = file.slice(folder.length + 1);
      await Deno.mkdir(join(file, ".."), { recursive: true });
      await Deno.writeTextFile(file, others);
      const shown = await run("install", "--client", id, "--root", ".", "--dry-run");
      assert.equal(shown.code, 0, shown.stderr);
      assert.match(shown.stdout, /^\+.*"devmcp"/m);
      assert.equal(await read(name), others);
      const done = await run("install", "--client", id, "--root", ".");
      assert.deepEqual([done.code, done.stdout], [0, ""], done.stderr);
      const text = await read(name);
      assert.equal(await read(`${name}.bak`), others);
      const entry = JSON.stringify(getInJsonc(text, [...client.keys, "devmcp"]));
      assert.ok(
        entry.includes(JSON.stringify(["serve", "--root", `${folder}/project`]).slice(1, -1)),
      );
      assert.match(entry, /"command":\[?"\//);
      for (const line of others.split("\n")) assert.ok(text.includes(line), line);
      const again = await run("install", "--client", id, "--root", ".", "--json");
      assert.equal(JSON.parse(again.stdout).action, "unchanged");
      assert.equal(await read(name), text);
      const changed = await run("install", "--client", id, "--root", "..");
      assert.match(changed.stdout, /^-.*\/project"$/m);
      assert.match(changed.stderr, /replaced/);
      assert.equal((await run("uninstall", "--client", id)).code, 0);
      assert.equal(await read(name), others);
      const none = await run("uninstall", "--client", id);
      assert.deepEqual([none.code, none.stdout], [2, ""]);
      assert.match(none.stderr, /does not have it\n$/);
    });
  });

  if (!client.projectFiles) continue;
  Deno.test(`devmcp mcp install --client ${id} --project makes the project's file`, async () => {
    const [name] = client.projectFiles!.slice(-1);
    await inHome({}, async ({ run, read }) => {
      const url = "http://127.0.0.1:8004/mcp";
      const done = await run("install", "--client", id, "--project", "--http", url, "--json");
      const { action, backup } = JSON.parse(done.stdout);
      assert.deepEqual([action, backup], ["added", null]);
      const text = await read(`project/${name}`);
      assert.deepEqual(JSON.parse(text)[client.keys[0]!].devmcp, client.entry({ url }));
    });
  });
}

Deno.test("devmcp mcp install writes nothing into a file that is broken, and says so in a line", async () => {
  await inHome({ ".cursor/mcp.json": '{\n  "mcpServers": {\n' }, async ({ run, folder }) => {
    for (const command of ["install", "uninstall"]) {
      const { code, stdout, stderr } = await run(command, "--client", "cursor");
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(
        stderr,
        /^devmcp: Cannot change ".*mcp\.json": it is no JSON: .* in line \d\n {2}hint: .*\n$/,
      );
    }
    const files = await Array.fromAsync(Deno.readDir(`${folder}/.cursor`));
    assert.deepEqual(files.map(({ name }) => name), ["mcp.json"]);
  });
});

Deno.test("devmcp mcp install follows the user's links, and no link of a project", async () => {
  await inHome(
    { "dotfiles/mcp.json": "{}", "secret.json": "{}" },
    async ({ run, read, folder }) => {
      await Deno.mkdir(`${folder}/.cursor`);
      await Deno.symlink("../dotfiles/mcp.json", `${folder}/.cursor/mcp.json`);
      assert.equal((await run("install", "--client", "cursor")).code, 0);
      assert.match(await read("dotfiles/mcp.json"), /devmcp/);
      assert.ok((await Deno.lstat(`${folder}/.cursor/mcp.json`)).isSymlink);
      await Deno.symlink("../secret.json", `${folder}/project/.mcp.json`);
      const { code, stderr } = await run("install", "--client", "claude-code", "--project");
      assert.equal(code, 2);
      assert.match(stderr, /symbolic link/);
      assert.equal(await read("secret.json"), "{}");
    },
  );
});

Deno.test("devmcp mcp install lists the clients of this machine", async () => {
  const files = { ".cursor/mcp.json": "{", ".claude/x": "", ".config/Code/User/mcp.json": "{}" };
  await inHome(files, async ({ run }) => {
    await run("install", "--client", "vscode", "--name", "dev");
    const { code, stdout } = await run("install", "--name", "dev", "--json");
    const clients = JSON.parse(stdout).clients.map((one: Record<string, string>) => [
      one.client,
      one.state,
    ]);
    assert.equal(code, 0);
    assert.deepEqual(clients, [
      ["claude-code", "not installed"],
      ["vscode", "installed"],
      ["cursor", "broken"],
    ]);
  });
});

Deno.test("devmcp mcp install says what it cannot do in a line", async () => {
  const wrong: [args: string[], says: RegExp][] = [
    [["--client", "curser"], /did you mean "cursor"/],
    [["--client", "lmstudio", "--project"], /LM Studio has no file in a project/],
    [["--client", "claude-desktop", "--http", "http://x/mcp"], /knows programs, no addresses/],
    [["--client", "zed", "--http", "x"], /it is no address/],
    [["--client", "zed", "--http", "http://a:b@x/"], /it is no address/],
    [["--client", "zed", "--http", "http://x/", "--root", "."], /--root with --http/],
    [["--client", "zed", "--name", "__proto__"], /the name must be/],
  ];
  await inHome({}, async ({ run }) => {
    for (const [args, says] of wrong) {
      const { code, stdout, stderr } = await run("install", ...args);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, says);
    }
  });
});
