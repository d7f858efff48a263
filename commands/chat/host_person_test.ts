import assert from "node:assert/strict";
import type { FormField } from "../../mcp_client/form_fields.ts";
import { hostPerson } from "./host_person.ts";
import { slashChat } from "./slash_fixture.ts";
import type { Surface } from "./surface.ts";

const signal = new AbortController().signal;
const SERVER = { name: "files" } as Parameters<ReturnType<typeof hostPerson>["agree"]>[0];
const DETAILS = [
  { label: "runs", text: "npx -y files\nrm -rf ~" },
  { label: "defined in", text: "/project/.mcp.json" },
];
const CHANGED = { server: "files", tool: "read", description: "Reads", inputSchema: "{}" };
const SAMPLING = { server: "files", prompt: "Write ```a poem```", maxTokens: 100 };
const ASKS = { server: "files", message: "Sign here", url: "https://example.com/sign" };

/** A person who answers so, and what they are shown. */
function answering(...answers: (string | undefined)[]): { surface: Surface; shown: string[] } {
  const { surface, shown } = slashChat();
  const ask: Surface["ask"] = (question) => {
    shown.push(`ask: ${question}`);
    return Promise.resolve(answers.shift());
  };
  return { surface: { ...surface, ask }, shown };
}

for (const [answer, agrees] of [["yes", true], ["Y", true], ["no", false], ["yes!", false]]) {
  Deno.test(`hostPerson() takes ${answer} as ${agrees ? "yes" : "no"}`, async () => {
    const person = () => hostPerson(answering(String(answer)).surface);
    assert.equal(await person().agree(SERVER, DETAILS, signal), agrees);
    assert.equal(await person().showChangedTool(CHANGED, signal), agrees);
    assert.equal(await person().sampling(SAMPLING, signal), agrees);
    const { action } = await person().elicit(ASKS, signal);
    assert.equal(action, agrees ? "accept" : "decline");
  });
}

Deno.test("hostPerson() takes no answer as no", async () => {
  assert.equal(
    await hostPerson(answering(undefined).surface).agree(SERVER, DETAILS, signal),
    false,
  );
});

Deno.test("hostPerson() shows all of a server, and no line of it looks like another", async () => {
  const { surface, shown } = answering("no");
  await hostPerson(surface).agree(SERVER, DETAILS, signal);
  assert.deepEqual(shown, [
    "print: This project brings the MCP server **files**:",
    "print: ```text\nruns: npx -y files\\nrm -rf ~\ndefined in: /project/.mcp.json\n```",
    "ask: Start it, now and later?",
  ]);
});

Deno.test("hostPerson() keeps what a server says within its fence", async () => {
  const { surface, shown } = answering("no");
  await hostPerson(surface).sampling(SAMPLING, signal);
  assert.equal(shown[1], "print: ````text\nWrite ```a poem```\n````");
});

Deno.test("hostPerson() refuses everything at once where nobody is there", async () => {
  const { surface, shown } = answering();
  const person = hostPerson({ ...surface, isInteractive: false });
  assert.equal(await person.agree(SERVER, DETAILS, signal), false);
  assert.equal(await person.showChangedTool(CHANGED, signal), false);
  assert.equal(await person.sampling(SAMPLING, signal), false);
  assert.deepEqual(await person.elicit(ASKS, signal), { action: "cancel" });
  assert.equal(await person.login("files", new URL("https://example.com"), signal), false);
  assert.equal(shown.length, 5);
  for (const line of shown.slice(0, 2)) assert.match(line, /\(devmcp mcp test files asks\)$/);
  assert.ok(shown.every((line) => line.startsWith("notice: ")), shown.join("\n"));
});

const field = (name: string, more: Partial<FormField> = {}): FormField => ({
  name,
  title: name,
  description: "",
  kind: "text",
  required: true,
  options: [],
  ...more,
});

Deno.test("hostPerson() fills in a server's form", async () => {
  const fields = [
    field("name"),
    field("age", { kind: "integer" }),
    field("note", { required: false }),
    field("agrees", { kind: "boolean" }),
  ];
  const form = { server: "files", message: "Who are you?", fields };
  const { surface, shown } = answering("Ada", "many", "36", undefined, "yes");
  assert.deepEqual(await hostPerson(surface).elicit(form, signal), {
    action: "accept",
    content: { name: "Ada", age: 36, agrees: true },
  });
  assert.ok(shown.some((line) => /^notice: age: /.test(line)));
  assert.deepEqual(await hostPerson(answering("Ada").surface).elicit(form, signal), {
    action: "cancel",
  });
});
