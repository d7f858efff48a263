import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Git, GitError } from "../config/git.ts";
import { gitEnvironment } from "./git_environment.ts";
import { createGit } from "./run_git.ts";

const PATH = Deno.env.get("PATH") ?? "";

function gitWith(variables: Record<string, string>, signal?: AbortSignal): Git {
  return createGit({ cwd: "/", env: (name) => variables[name], signal });
}

/** A `git` that is a shell script. */
async function withFake(script: string, use: (git: Git) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "devmcp-test-"));
  try {
    await writeFile(join(folder, "git"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    await use(gitWith({ PATH: `${folder}:${PATH}` }));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function outputOf(git: Git, ...args: string[]): Promise<string> {
  const { stdout, done } = git(args);
  const text = await new Response(stdout).text();
  await done;
  return text;
}

function isReason(reason: RegExp, code?: number) {
  return (error: unknown) => {
    assert.ok(error instanceof GitError);
    assert.match(error.reason, reason);
    assert.equal(error.code, code);
    return true;
  };
}

Deno.test("gitEnvironment() keeps who and where, and drops what starts programs or changes settings", () => {
  const kept = [
    ...["PATH", "HOME", "XDG_CONFIG_HOME", "SUDO_UID", "SYSTEMROOT", "GIT_CONFIG_GLOBAL"],
    ...["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"],
  ];
  const dropped = [
    ...["GIT_EXTERNAL_DIFF", "GIT_PAGER", "PAGER", "GIT_SSH", "GIT_SSH_COMMAND", "GIT_ASKPASS"],
    ...["SSH_ASKPASS", "GIT_EDITOR", "GIT_EXEC_PATH", "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT"],
    ...["GIT_CONFIG_KEY_0", "GIT_DIFF_OPTS", "GIT_TRACE", "GIT_PROXY_COMMAND", "SECRET", "LANG"],
  ];
  const passed = gitEnvironment((name) => [...kept, ...dropped].includes(name) ? "x" : undefined);
  assert.deepEqual(Object.keys(passed).filter((name) => passed[name] === "x").sort(), kept.sort());
  assert.equal(gitEnvironment(() => "always").GIT_ALLOW_PROTOCOL, "none");
});

Deno.test("createGit() runs git with its settings turned off, and nothing else of the environment", async () => {
  await withFake('for a; do echo "$a"; done; env', async (git) => {
    const said = (await outputOf(git, "diff", "$(id); `id`", "a b")).split("\n");
    assert.ok(said.indexOf("core.fsmonitor=false") < said.indexOf("diff"));
    assert.deepEqual(said.slice(said.indexOf("diff")).slice(0, 3), ["diff", "$(id); `id`", "a b"]);
    assert.ok(said.includes("core.hooksPath=/dev/null") && said.includes("LC_ALL=C"));
    assert.ok(said.every((line) => !/^(HOME|DENO|CARGO)/.test(line)));
  });
});

Deno.test("createGit() gives git's own reason in one line", async () => {
  const table: [string, RegExp][] = [
    [
      "echo 'warning: x' >&2; echo \"fatal: bad revision 'x'\" >&2; echo Use >&2",
      /^bad revision 'x'$/,
    ],
    ["echo 'error: no' >&2", /^no$/],
    ["echo 'what else' >&2", /^what else$/],
    ["true", /^it ended with exit code 7$/],
    ["i=0; while [ $i -lt 9999 ]; do echo xx >&2; i=$((i+1)); done; echo fatal: end >&2", /^end$/],
  ];
  for (const [script, reason] of table) {
    await withFake(`${script}; exit 7`, async (git) => {
      await assert.rejects(outputOf(git, "diff"), isReason(reason, 7));
    });
  }
});

Deno.test("createGit() says that there is no git", () => {
  assert.throws(() => gitWith({ PATH: "/nonexistent" })(["diff"]), isReason(/^no such program$/));
});

Deno.test("createGit() ends a git that takes too long", async () => {
  await withFake("exec sleep 100", async (git) => {
    const { stdout, done } = git(["diff"], { deadlineMs: 50 });
    assert.equal(await new Response(stdout).text(), "");
    await assert.rejects(done, isReason(/^it took longer than 0.05 s$/));
  });
});

Deno.test("createGit() ends git when that is asked for", async () => {
  await withFake("exec sleep 100", async (git) => {
    const { stdout, done, end } = git(["diff"]);
    end();
    await assert.rejects(done, isReason(/SIGKILL/, 137));
    await stdout.cancel();
  });
});

Deno.test("createGit() ends git at an abort", async () => {
  const folder = await mkdtemp(join(tmpdir(), "devmcp-test-"));
  await writeFile(join(folder, "git"), "#!/bin/sh\nexec sleep 100\n", { mode: 0o755 });
  const controller = new AbortController();
  const { stdout, done } = gitWith({ PATH: `${folder}:${PATH}` }, controller.signal)(["diff"]);
  controller.abort();
  await assert.rejects(done, { name: "AbortError" });
  await stdout.cancel();
  await rm(folder, { recursive: true });
});
