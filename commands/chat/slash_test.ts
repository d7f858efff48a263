import assert from "node:assert/strict";
import { hashOf } from "../../config/hash_of.ts";
import { ToolError } from "../../config/tool_error.ts";
import { scriptedModels } from "../../models/scripted.ts";
import { estimateTokens } from "../../models/context/token_estimate.ts";
import { openApprovals } from "../../store/approvals.ts";
import { openPreferences, preferencesPath } from "../../store/preferences.ts";
import { withFolder } from "../../workspace/testing_folder.ts";
import { slashCommands } from "./slash/mod.ts";
import { FOLDER, slashChat, type SlashChatOptions } from "./slash_fixture.ts";

const TURN = { input: "write it", answer: "Here:\n\n```python\nx = 1\n```\n\nDone." };
const PROMPT = {
  name: "github:triage",
  description: "Sort issues",
  arguments: [
    { name: "repo", description: "", required: true },
    { name: "note", description: "", required: false },
  ],
};
const CHANGED = {
  changes: [{ path: `${FOLDER}/a.py`, before: btoa("x=1\n"), after: "" }],
};

const CODE = { text: "x = 1\n", language: "python" };

const CASES: [line: string, shows: RegExp | string, options?: SlashChatOptions][] = [
  ["/help", /\| \/history \[number\] \| show the last/],
  ["/help", /\| \/github:triage \| Sort issues \|/, { prompts: [PROMPT] }],
  ["/tools", /\| review_code \| Find bugs.* \| reads \|/],
  ["/tools", /\| generate_code \|.*\| reads, needs a model \|/],
  ["/tools", /\| write_file \|.*\| writes files \|/],
  ["/history", "error: Cannot show the history: nothing was said yet"],
  ["/history", /^print: \*\*1 › write it\*\*\n\nHere:/, { turns: [TURN] }],
  ["/history 1", /^print: \*\*2 › message 2/, { turns: [TURN, {}] }],
  ["/history 0", /^error: .*"0" is not a number from 1 on$/, { turns: [TURN] }],
  ["/clear", "cleared"],
  ["/clear", /^cleared\nnotice: a new session; "\/resume new1" goes back$/, { turns: [TURN] }],
  ["/model", "notice: scripted at scripted, 8,192 tokens of context"],
  ["/model a b", /^error: Cannot choose "a b"/],
  ["/files", 'notice: none; "/add <path>" adds one'],
  ["/files", "print: - a.py", { session: { files: ["a.py"] } }],
  ["/add", "error: Cannot add a file: none is given"],
  ["/add a.py", /^error: Cannot read "a.py"/],
  ["/add @a.py", /^notice: a.py goes along/, { files: { "a.py": "" } }],
  ["/drop b.py", /^error: .*did you mean "a.py"\?$/, { session: { files: ["a.py"] } }],
  ["/drop all", "notice: no file goes along any more", { session: { files: ["a.py"] } }],
  ["/diff", "notice: no file is other than it was", { turns: [TURN] }],
  [
    "/diff",
    /```diff\n--- a\/a.py\n\+\+\+ b\/a.py\n@@ -1 \+1 @@\n-x=1\n\+x = 1\n```$/,
    { turns: [CHANGED], files: { "a.py": "x = 1\n" } },
  ],
  [
    "/diff session",
    /\+x = 1/,
    { turns: [CHANGED, {}], files: { "a.py": "x = 1\n" } },
  ],
  ["/undo", "error: Cannot undo: no turn has changed a file"],
  ["/undo", "error: Cannot undo turn 1: a.py: it was changed since", {
    turns: [CHANGED, {}],
    files: { "a.py": "x = 1\n" },
  }],
  ["/undo 2", "error: Cannot undo turn 2: it has changed no file", { turns: [CHANGED, {}] }],
  ["/undo all", /^error: .*"all" is not a number from 1 on$/, { turns: [CHANGED] }],
  ["/save", "error: Cannot save: there is no code yet"],
  ["/save", "error: Cannot save: no file is given", { session: { last: { code: CODE } } }],
  ["/retry", "error: Cannot retry: nothing was said yet"],
  ["/edit", /^error: Cannot edit: no editor/],
  ["/edit", "notice: nothing sent: the message is empty", { editor: () => " " }],
  ["/copy", /^copied: x = 1\nnotice: the code is/, { turns: [TURN] }],
  ["/copy answer", /^copied: Here:/, { turns: [TURN] }],
  ["/copy", "copied: words\nnotice: the answer is on the clipboard", {
    turns: [TURN, { answer: "words" }],
  }],
  ["/copy code", /^copied: x = 1/, { turns: [TURN, { answer: "words" }] }],
  ["/copy code", /^error: .*no answer has any$/, { turns: [{ answer: "words" }] }],
  ["/copy", /^error: .*no clipboard$/, { turns: [TURN], hasClipboard: false }],
  ["/sessions", "notice: none yet"],
  ["/sessions", /\| one \| title of one \| 1 \| 2026-11-20 12:00 \|$/, { others: { one: FOLDER } }],
  ["/sessions all", /\| one \|.*\| \/other \|$/, { others: { one: "/other" } }],
  ["/resume", /^error: .*no other session$/],
  ["/resume one", 'notice: "title of one", 0 turns; /history shows them', {
    others: { one: FOLDER },
  }],
  ["/resume one", /^error: .*it is about "\/other"$/, { others: { one: "/other" } }],
  ["/fork", "error: Cannot fork: nothing was said yet"],
  ["/fork 1", /new1-fork-1; "\/resume new1" goes back$/, { turns: [TURN] }],
  ["/plan", "notice: plans are shown before they run"],
  ["/plan off", "notice: plans run at once"],
  ["/plan ofd", /did you mean "off"\?$/],
  ["/approve", "notice: ask: what only reads runs, the rest asks"],
  ["/approve all", "notice: all: everything runs"],
  ["/approve forget", "error: Cannot forget: no tool is always allowed"],
  ["/approve al", /^error: .*did you mean "all"\?$/],
  ["/context", /\| part \| tokens \| of 8,192 \|[^]*\| messages \| \d+ \|[^]*\| free \|/, {
    turns: [TURN],
  }],
  ["/compact", "error: Cannot sum up: nothing was said yet"],
  [
    "/compact",
    "print: ```text\nThey wrote code, then tests.\n```\nnotice: 1 turn summed up by the model",
    { turns: [TURN] },
  ],
  ["/export", "error: Cannot export: nothing was said yet"],
  ["/export pdf", /^error: Cannot take "pdf"/, { turns: [TURN] }],
  ["/mcp", /\| github \| failed: it ended \| 0 \| 0 \| 1 \| npx github \\\| cat \|$/],
  ["/mcp reconnect github", /^reconnected: github\nprint: /],
  ["/mcp reconnect githup", /did you mean "github"\?$/],
  ["/mcp stop", /^error: Cannot do "stop"/],
  ["/stats", /\| tool calls \| 0 \| 0 \|/, { turns: [TURN] }],
  ["/rety", /^error: Cannot run "\/rety": no such command; did you mean "\/retry"\?$/],
  ["/usr/bin is a folder", "no command"],
  ["/github:triage", 'error: Cannot run "/github:triage": it needs repo', { prompts: [PROMPT] }],
];

for (const [line, shows, options] of CASES) {
  Deno.test(`runCommand() of ${line} shows ${shows}`, async () => {
    const shown = await slashChat(options).run(line);
    if (typeof shows === "string") assert.equal(shown, shows);
    else assert.match(shown, shows);
  });
}

const SAYS: [line: string, says: string, options: SlashChatOptions][] = [
  ["/retry", "write it", { turns: [TURN] }],
  ["/edit", "WRITE IT", { turns: [TURN], editor: (text) => text.toUpperCase() }],
  ["/edit some words", "SOME WORDS", { editor: (text) => text.toUpperCase() }],
  ["/save a.py", 'save the code to "a.py"', { session: { last: { code: CODE, tests: CODE } } }],
  ["/save test_a.py", 'save the tests to "test_a.py"', {
    session: { last: { code: CODE, tests: CODE } },
  }],
  ["/save", 'save the code to "src/a b.py"', {
    session: { last: { code: { ...CODE, path: "src/a b.py" } } },
  }],
  ["/github:triage a/b", 'server: github:triage {"repo":"a/b"}', { prompts: [PROMPT] }],
  ["/github:triage a/b and more", 'server: github:triage {"repo":"a/b","note":"and more"}', {
    prompts: [PROMPT],
  }],
  ['/github:triage note="x y" repo=z', 'server: github:triage {"note":"x y","repo":"z"}', {
    prompts: [PROMPT],
  }],
];

for (const [line, says, options] of SAYS) {
  Deno.test(`runCommand() of ${line} says ${says}`, async () => {
    const { run, said } = slashChat(options);
    await run(line);
    assert.deepEqual(said, [says]);
  });
}

Deno.test("runCommand() changes what the chat goes on with", async () => {
  const { run, chat } = slashChat({
    turns: [TURN],
    others: { one: FOLDER },
    files: { "a.py": "" },
  });
  await run("/plan on");
  await run("/approve reads");
  await run("/model tiny:1b");
  await run("/add a.py");
  const { id, model, files } = chat.session.data;
  assert.deepEqual([chat.settings.showPlan, chat.settings.approve], [true, "reads"]);
  assert.deepEqual([id, model, files], ["new1", "tiny:1b", ["a.py"]]);
  await run("/clear");
  assert.deepEqual([chat.session.data.id, chat.session.data.turns], ["new2", []]);
  await run("/resume one");
  assert.equal(chat.session.data.id, "one");
  assert.equal(chat.isOver, false);
  await run("/exit");
  assert.equal(chat.isOver, true);
});

Deno.test("runCommand() of /model keeps the model when the other cannot be used", async () => {
  const { run, chat } = slashChat();
  const models = chat.models;
  await run("/model tiny:1b");
  chat.models = () =>
    chat.session.data.model === "none"
      ? { get: () => Promise.reject(new ToolError('Cannot use model "none": not installed')) }
      : models();
  assert.equal(await run("/model none"), 'error: Cannot use model "none": not installed');
  assert.equal(chat.session.data.model, "tiny:1b");
});

Deno.test("runCommand() of /context counts what an answer is told, and no more", async () => {
  await withFolder({}, async (state) => {
    const { run, chat } = slashChat({ session: { files: ["a.py"] }, files: { "a.py": "x = 1\n" } });
    chat.app.env = (name) => name === "XDG_STATE_HOME" ? state : undefined;
    const preferences = openPreferences(preferencesPath(chat.app.env));
    for (const text of ["Always answer briefly", "Always use tabs"]) await preferences.add(text);
    const told = "What the person always wants:\n- Always answer briefly";
    const tokens = estimateTokens(told, await chat.models().get("chat"));
    const shown = await run("/context");
    assert.match(shown, new RegExp(`\\| preferences \\| ${tokens} \\| \\d+ % \\|`));
    assert.match(shown, /\| files \| \d+ \|/);
  });
});

Deno.test("runCommand() of /context estimates the parts where there is no model", async () => {
  const { run, chat } = slashChat({ turns: [TURN] });
  chat.models = () => scriptedModels({});
  const shown = await run("/context");
  assert.match(shown, /\| part \| tokens, about \|[^]*\| messages \| \d+ \|\n\| all \| \d+ \|\n/);
  assert.match(
    shown,
    /notice: size of the context unknown: Cannot find a model .*: no server runs$/,
  );
});

Deno.test("runCommand() of /approve shows and forgets what is always allowed", async () => {
  await withFolder({}, async (state) => {
    const { run, chat } = slashChat();
    chat.app.env = (name) => name === "XDG_STATE_HOME" ? state : undefined;
    const approvals = openApprovals({ state: `${state}/devmcp`, project: FOLDER });
    for (const tool of ["write_file", "github:push#abc"]) await approvals.add(tool);
    assert.match(await run("/approve"), /\nnotice: always in .*: write_file, github:push$/);
    assert.equal(await run("/approve forget github:push"), "notice: asks again: github:push");
    assert.deepEqual(approvals.list(), ["write_file"]);
    assert.equal(await run("/approve forget"), "notice: asks again: write_file");
    assert.deepEqual(approvals.list(), []);
  });
});

Deno.test("runCommand() of /export writes a new file, and replaces none", async () => {
  await withFolder({}, async (folder) => {
    const { run } = slashChat({ turns: [TURN], session: { folder } });
    assert.equal(await run("/export"), "notice: wrote new1.md");
    assert.match(await Deno.readTextFile(`${folder}/new1.md`), /write it[^]*```python\nx = 1/);
    assert.equal(await run("/export json my chat.json"), "notice: wrote my chat.json");
    assert.equal(JSON.parse(await Deno.readTextFile(`${folder}/my chat.json`)).turns.length, 1);
    assert.match(await run("/export"), /^error: Cannot write .*it is there already$/);
  });
});

Deno.test("runCommand() of /undo restores a file, once", async () => {
  const files: Record<string, string> = { "a.py": "x = 1\n" };
  const after = hashOf(new TextEncoder().encode(files["a.py"]));
  const changes = [{ ...CHANGED.changes[0]!, after }];
  const { run, chat } = slashChat({ turns: [{ changes }, {}], files });
  assert.equal(await run("/undo"), "notice: as before turn 1: a.py");
  assert.equal(files["a.py"], "x=1\n");
  assert.equal(chat.session.data.turns[0]!.changes[0]!.undone, true);
  assert.match(await run("/undo"), /^error: Cannot undo/);
});

Deno.test("runCommand() of /undo leads past a turn that cannot be undone", async () => {
  const files: Record<string, string> = { "a.py": "x = 1\n", "b.py": "other\n" };
  const after = hashOf(new TextEncoder().encode(files["a.py"]));
  const changesOf = (name: string) => [
    { path: `${FOLDER}/${name}`, before: btoa("x=1\n"), after },
  ];
  const { run, chat, surface, edge } = slashChat({
    turns: [{ changes: changesOf("a.py") }, { changes: changesOf("b.py") }],
    files,
  });
  const undo = slashCommands.find(({ name }) => name === "undo")!;
  const hint = '"/undo 1" undoes the one before';
  await assert.rejects(async () => await undo.run("", chat, surface, edge), { hint });
  assert.equal(await run("/undo 1"), "notice: as before turn 1: a.py");
  assert.deepEqual(files, { "a.py": "x=1\n", "b.py": "other\n" });
});

Deno.test("runCommand() of /diff shows what it can read, and tells the rest", async () => {
  const { run, chat } = slashChat({
    turns: [{ changes: [...CHANGED.changes, { path: `${FOLDER}/b.py`, before: null, after: "" }] }],
    files: { "a.py": "x = 1\n" },
  });
  const { snapshot } = chat.files;
  chat.files.snapshot = (path) =>
    path === "b.py" ? Promise.reject(new ToolError("Cannot read b.py")) : snapshot(path);
  assert.match(await run("/diff"), /^notice: Cannot read b\.py\nprint: ```diff\n--- a\/a\.py/);
});

Deno.test("runCommand() of /resume keeps the session when the other cannot be opened", async () => {
  const { run, chat } = slashChat({ turns: [TURN] });
  let isClosed = false;
  chat.session.close = () => void (isClosed = true);
  assert.match(await run("/resume gone"), /^error: Cannot open "gone"/);
  assert.deepEqual([chat.session.data.id, isClosed], ["new1", false]);
});

Deno.test("slashCommands has each file of the folder once", () => {
  const files = [...Deno.readDirSync(new URL("slash", import.meta.url))].map(({ name }) => name);
  const names = slashCommands.map(({ name }) => `${name}.ts`);
  assert.deepEqual([...names, "mod.ts"].sort(), files.sort());
});
