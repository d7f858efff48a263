import assert from "node:assert/strict";
import type { ApprovalMode } from "../../config/choices.ts";
import type { PlanStep } from "../../sessions/session.ts";
import { approvalKey } from "./approve.ts";
import { executePlan } from "./execute_plan.ts";
import { type FakeCall, foreignTool, ownTools } from "./fake_toolbox.ts";
import { fakeWorld, type FakeWorldOptions } from "../fake_world.ts";
import { openTurn } from "../open_turn.ts";
import type { Approval } from "../person.ts";
import type { TurnParts } from "../turn_parts.ts";
import { undoTurn } from "./undo_turn.ts";

type Parts = Pick<TurnParts, "fillArguments" | "revisePlan">;

const literal: Parts = {
  fillArguments: ({ arguments: args }, _state, _results, problem) =>
    Promise.resolve(problem ? { ok: false, problem } : { ok: true, arguments: args }),
  revisePlan: () => Promise.resolve(undefined),
};

const step = (id: string, tool: string, args: Record<string, unknown> = {}): PlanStep => ({
  id,
  tool,
  purpose: id,
  arguments: args,
  needs: [],
});

const write = (content: string, path = "a.py") =>
  step(`write ${content}`, "write_file", { path, content });

/** A `write_file` that writes into `files`. */
function writer(files: Record<string, string>): FakeCall {
  return ({ path, content, dry_run }) => {
    const before = files[String(path)];
    const changed = before !== content;
    if (!dry_run && changed) files[String(path)] = String(content);
    const data = { path, changed, diff: changed ? `-${before}\n+${content}` : "" };
    return { ok: true, text: changed ? "Wrote it" : "Unchanged", data };
  };
}

async function execute(plan: PlanStep[], options: FakeWorldOptions = {}, parts = literal) {
  const files = options.files ?? {};
  const fake = fakeWorld({
    tools: [...ownTools(), foreignTool("a", "b")],
    ...options,
    files,
    calls: { write_file: writer(files), ...options.calls },
  });
  const { state, close } = openTurn("go", fake.session, fake.world);
  state.turn.plan = plan;
  const outcomes = await executePlan(state, parts);
  close();
  return { ...fake, files, outcomes, turn: state.turn };
}

Deno.test("makeCall() asks by effect and mode", async () => {
  const expected: Record<ApprovalMode, [own: string, writes: string, foreign: string]> = {
    ask: ["done", "asked", "asked"],
    reads: ["done", "refused", "refused"],
    all: ["done", "done", "done"],
    none: ["refused", "refused", "refused"],
  };
  for (const [mode, ends] of Object.entries(expected)) {
    const plan = [step("own", "review_code"), write("1"), step("foreign", "a:b")];
    for (const [at, one] of plan.entries()) {
      const settings = { approve: mode as ApprovalMode };
      const { approvals, outcomes } = await execute([one], { settings });
      const end = approvals.length > 0 ? "asked" : outcomes[0]!.status;
      assert.equal(end, ends[at], `${mode} ${one.tool}`);
    }
  }
});

Deno.test("makeCall() shows what would change before it writes, and writes nothing until then", async () => {
  const files = { "a.py": "old" };
  const { approvals, toolbox, turn } = await execute([write("new")], {
    files,
    approve: () => {
      assert.equal(files["a.py"], "old");
      return { kind: "yes" };
    },
  });
  assert.equal(approvals[0]!.diff, "-old\n+new");
  assert.deepEqual(toolbox.calls.map(({ args }) => args.dry_run ?? false), [true, false]);
  assert.equal(files["a.py"], "new");
  assert.deepEqual(turn.changes.map(({ path, before }) => [path, before]), [[
    "/work/a.py",
    "b2xk",
  ]]);
});

Deno.test("makeCall() does not ask where nothing would change", async () => {
  const { approvals, outcomes, turn } = await execute([write("same")], {
    files: { "a.py": "same" },
  });
  assert.equal(approvals.length, 0);
  assert.deepEqual(outcomes.map(({ status, text }) => [status, text]), [["done", "Unchanged"]]);
  assert.deepEqual(turn.changes, []);
});

Deno.test("makeCall() lets nobody but the person decide that something is written", async () => {
  const plan = [step("step1", "write_file", { path: "a.py", content: "x", dry_run: false })];
  const { files } = await execute(plan, { approve: () => ({ kind: "no", reason: "" }) });
  assert.deepEqual(files, {});
});

Deno.test("makeCall() remembers always, for one tool, and for another server's until it changes", async () => {
  const approve = (): Approval => ({ kind: "always" });
  const plan = [write("1"), write("2", "b.py"), step("s1", "a:b"), step("s2", "a:b", { x: 1 })];
  plan.slice(1).forEach((one, at) => one.needs.push(plan[at]!.id));
  const { approvals, outcomes } = await execute(plan, { approve });
  assert.deepEqual(outcomes.map(({ status }) => status), ["done", "done", "done", "done"]);
  assert.deepEqual(approvals.map(({ tool }) => tool.name), ["write_file", "a:b"]);
  const keys = [
    foreignTool("a", "b"),
    foreignTool("a", "b", { description: "other" }),
    foreignTool("a", "b", { inputSchema: { type: "object" } }),
  ].map(approvalKey);
  assert.equal(new Set(keys).size, 3);
  assert.equal(approvalKey(foreignTool("a", "b", { title: "x" })), keys[0]);
});

Deno.test("makeCall() takes the reason of a no back into the plan, and never makes that call again", async () => {
  const problems: string[] = [];
  const parts: Parts = {
    ...literal,
    revisePlan: (_rest, _failed, problem) => {
      problems.push(problem);
      return Promise.resolve([{ ...write("1"), id: "again" }, write("2")]);
    },
  };
  const { files, outcomes } = await execute([write("1")], {
    approve: ({ arguments: { content } }) =>
      content === "1" ? { kind: "no", reason: "with type hints" } : { kind: "yes" },
  }, parts);
  assert.deepEqual(problems.map((problem) => /with type hints/.test(problem)), [true]);
  assert.deepEqual(outcomes.map(({ status }) => status), ["refused", "stopped", "done"]);
  assert.deepEqual(files, { "a.py": "2" });
});

Deno.test("makeCall() gives the reason to the arguments first", async () => {
  const parts: Parts = {
    ...literal,
    fillArguments: (_step, _state, _results, problem) => {
      const path = problem?.includes("into src") ? "src/a.py" : "a.py";
      return Promise.resolve({ ok: true, arguments: { path, content: "1" } });
    },
  };
  const { files, turn } = await execute([write("1")], {
    approve: ({ arguments: { path } }) =>
      path === "a.py" ? { kind: "no", reason: "put it into src" } : { kind: "yes" },
  }, parts);
  assert.deepEqual(files, { "src/a.py": "1" });
  assert.deepEqual(turn.calls.map(({ status }) => status), ["refused", "done"]);
});

Deno.test("makeCall() asks for one thing at a time", async () => {
  let open = 0;
  const fake = fakeWorld({ tools: [foreignTool("a", "b")] });
  fake.world.person.approve = async () => {
    assert.equal(++open, 1);
    await new Promise((resolve) => setTimeout(resolve, 1));
    open--;
    return { kind: "yes" };
  };
  const { state, close } = openTurn("go", fake.session, fake.world);
  state.turn.plan = [1, 2, 3, 4].map((x) => step(`s${x}`, "a:b", { x }));
  const outcomes = await executePlan(state, literal);
  close();
  assert.deepEqual(outcomes.map(({ status }) => status), ["done", "done", "done", "done"]);
});

Deno.test("makeCall() shows a file again that changes while the person looks", async () => {
  const files = { "a.py": "old" };
  const diffs: (string | undefined)[] = [];
  await execute([write("new")], {
    files,
    approve: ({ diff }) => {
      diffs.push(diff);
      if (diffs.length === 1) files["a.py"] = "edited";
      return { kind: "yes" };
    },
  });
  assert.deepEqual(diffs, ["-old\n+new", "-edited\n+new"]);
  assert.equal(files["a.py"], "new");
  const restless: Record<string, string> = { "a.py": "0" };
  const { outcomes } = await execute([write("new")], {
    files: restless,
    approve: () => {
      restless["a.py"] += "+";
      return { kind: "yes" };
    },
  });
  assert.deepEqual(outcomes.map(({ text }) => text), [
    "Cannot write: the file changes all the time",
  ]);
  assert.equal(restless["a.py"], "0+++");
});

Deno.test("makeCall() keeps what was written even when the turn is stopped in the middle", async () => {
  const controller = new AbortController();
  const files: Record<string, string> = {};
  const { turn, outcomes } = await execute([write("half")], {
    files,
    signal: controller.signal,
    settings: { approve: "all" },
    calls: {
      write_file: async () => {
        controller.abort();
        await new Promise((resolve) => setTimeout(resolve, 5));
        files["a.py"] = "half";
        return { ok: true, text: "Wrote it" };
      },
    },
  });
  assert.equal(outcomes[0]!.status, "stopped");
  assert.deepEqual(turn.changes.map(({ path }) => path), ["/work/a.py"]);
});

Deno.test("makeCall() says when a change cannot be undone", async () => {
  const { turn } = await execute([write("small")], { files: { "a.py": "x".repeat(1_100_000) } });
  assert.deepEqual(turn.changes, []);
  assert.match(turn.notices.join(), /cannot be restored by \/undo: it was larger than 1 MiB/);
});

Deno.test("undoTurn() restores what a turn changed, in reverse, and nothing else", async () => {
  const plan = [write("1"), write("2"), write("new", "b.py"), write("mine", "c.py")];
  plan.slice(1).forEach((one, at) => one.needs.push(plan[at]!.id));
  const done = await execute(plan, { files: { "a.py": "0" }, settings: { approve: "all" } });
  const { files, turn, world } = done;
  files["c.py"] = "edited since";
  const undone = await undoTurn(turn, world.files);
  assert.deepEqual(undone, {
    restored: ["/work/b.py", "/work/a.py"],
    kept: [{ path: "/work/c.py", why: "it was changed since" }],
  });
  assert.deepEqual(files, { "a.py": "0", "c.py": "edited since" });
  assert.deepEqual(turn.changes.map(({ undone }) => undone), [true, true, true, undefined]);
  files["c.py"] = "mine";
  assert.deepEqual((await undoTurn(turn, world.files)).restored, ["/work/c.py"]);
  assert.deepEqual(await undoTurn(turn, world.files), { restored: [], kept: [] });
});

Deno.test("undoTurn() keeps a file that is gone, and one that cannot be restored", async () => {
  const { turn, world, files } = await execute([write("1")], { files: { "a.py": "0" } });
  delete files["a.py"];
  assert.match((await undoTurn(turn, world.files)).kept[0]!.why, /removed/);
  files["a.py"] = "1";
  world.files.restore = () => Promise.reject(new Error("Cannot write: no space"));
  assert.deepEqual((await undoTurn(turn, world.files)).kept[0]!.why, "Cannot write: no space");
});

Deno.test("makeCall() does not show again what the person has just agreed to", async () => {
  const diff = "--- a/a.py\n+++ b/a.py\n@@ -1,2 +1,3 @@\n x\n--- y\n+y\n+z\n";
  const text = `Wrote \`a.py\` (9 bytes).\n\n\`\`\`diff\n${diff}\`\`\``;
  const write_file: FakeCall = () => ({ ok: true, text, data: { changed: true, diff } });
  const shown = async (approve: ApprovalMode) => {
    const { outcomes } = await execute([write("x")], {
      settings: { approve },
      calls: { write_file },
    });
    return outcomes[0]!.text;
  };
  assert.equal(await shown("ask"), "Wrote `a.py` (9 bytes). +2 −1 lines.");
  assert.equal(await shown("all"), text, "nobody was asked");
});
