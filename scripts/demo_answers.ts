/** What the scripted model of the demo says: written by hand, and right. The Python is in demo/. */
import type { FakeCall, FakeReply } from "../models/fakes/fake_ollama.ts";

const read = (name: string) => Deno.readTextFileSync(new URL(`demo/${name}`, import.meta.url));

/** A defect that is there: the one of another user can be taken. */
const FINDING = {
  quote: "    users[user_id] = User(id=user_id, **new.model_dump())",
  line: 0,
  category: "correctness",
  message: "A user can be given an address that another user already has.",
  suggestion: "Look for the address among the other users first, as create_user does.",
  severity: "major",
  confidence: 0.9,
};

/** Where what is asked for begins; before it is an example. */
const MARKS = ["\n- Task:", "\n- Framework:"];

/** The answer to one call of a tool's prompt, or of the chat's own. */
export function demoAnswer({ messages }: FakeCall): FakeReply {
  const asked = messages.filter(({ role }) => role !== "assistant").map((one) => one.content)
    .join("\n");
  const task = asked.slice(Math.max(0, ...MARKS.map((mark) => asked.lastIndexOf(mark))));
  const topic = /fibonacci/i.test(task) ? "fibonacci" : "users";
  if (asked.includes("\nLook for:")) return { json: { findings: findingsIn(asked) } };
  if (asked.includes("\n- Framework:")) return { text: testsOf(topic, asked) };
  if (asked.includes("\n- Task:")) return { text: codeOf(topic) };
  if (asked.includes("- tools: names from TOOLS")) return { json: INTENT };
  return { text: "That is done; the results are above." };
}

const INTENT = {
  goal: "A REST endpoint for user management, with tests and a review.",
  tools: ["generate_code", "generate_tests", "review_code"],
  parameters: [{ name: "description", value: "a REST endpoint for user management" }],
  confidence: 0.95,
  unclear: [],
};

function findingsIn(asked: string): typeof FINDING[] {
  const lines = asked.split("\n").map((line) => /^ *(\d+)\| (.*)$/.exec(line));
  const found = lines.filter((line) => line?.[2] === FINDING.quote).at(-1);
  return found ? [{ ...FINDING, line: Number(found[1]) }] : [];
}

const SAYS = {
  fibonacci: "It adds the two numbers before, n times; a negative n is refused.",
  users:
    "Users are kept in memory; pydantic checks names and addresses, and a taken one is refused.",
};

function codeOf(topic: keyof typeof SAYS): string {
  return `\`\`\`python\n${read(`${topic}.py`)}\`\`\`\n\n${SAYS[topic]}`;
}

/** With the module's name that the prompt gives. */
function testsOf(topic: keyof typeof SAYS, asked: string): string {
  const module =
    /^- Import: from (\S+) import/m.exec(asked.slice(asked.lastIndexOf("- Framework:")))
      ?.[1] ?? topic;
  const code = read(`test_${topic}.py`).replace(`from ${topic} import`, `from ${module} import`);
  return `\`\`\`python\n${code}\`\`\`\n\nThe tests check what is usual, the edges and the errors.`;
}
