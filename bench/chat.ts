/** What a chat costs beyond its model, and what it makes of a weak one. The model is a fake. */
import { fileURLToPath } from "node:url";
import {
  type FakeOllama,
  type FakeOllamaOptions,
  startFakeOllama,
} from "../models/fakes/fake_ollama.ts";
import { capture } from "../scripts/run.ts";
import { createSessionStore } from "../sessions/create_session_store.ts";
import { makeTurn } from "../sessions/session_fixture.ts";
import { conversationTasks } from "../tests/conversation_tasks.ts";
import { measureConversations } from "../tests/weak_conversation.ts";
import { measureEarlierWay } from "./earlier_way.ts";
import { median } from "./measure.ts";
import type { Row } from "./row.ts";

/** Stands in the empty input line. */
const PROMPT = "or /help";
const QUESTION = "why is the sky blue?";
/** Four steps, none of which asks for anything. */
const FILES = ["a.py", "b.py"];
const PLAN = FILES.map((name) => `review ${name}, then measure the complexity of ${name}`)
  .join(", then ");
const CODE = "import os\n\n\ndef area(width, height=[]):\n    return width * height\n";
const STARTS = 25;
const TURNS = 200;
const MANY_TURNS = 5000;
const KEYS = 200;
const OLD_TURNS = 2000;
const TASKS = 500;
const SEED = 20261120;

export async function* measureChat(devmcp: string, python: string): AsyncGenerator<Row> {
  const terminal = createTerminal(python);
  yield await withChat(devmcp, {}, (chat) => start(chat, terminal, devmcp));
  yield* await withChat(devmcp, { tokensPerLine: 1000 }, (chat) => ownShare(chat, terminal));
  yield await withChat(devmcp, {}, (chat) => stepsShare(chat, terminal));
  yield await withChat(
    devmcp,
    { tokenDelayMs: 2, reply: longAnswer },
    (chat) => typing(chat, terminal),
  );
  yield await withChat(devmcp, { tokensPerLine: 1000 }, (chat) => memory(chat, terminal));
  yield await openOld();
  yield await weakModel();
}

interface ChatWorld {
  fake: FakeOllama;
  /** Where the chat runs, and what it keeps its sessions in. */
  home: string;
  command: string[];
}

/** A chat in an empty folder, at a home without configuration. */
async function withChat<T>(
  devmcp: string,
  options: FakeOllamaOptions,
  measure: (chat: ChatWorld) => Promise<T>,
): Promise<T> {
  const fake = await startFakeOllama({ reply: () => "Air scatters blue light most.", ...options });
  const home = await Deno.makeTempDir({ prefix: "devmcp-bench-" });
  const folders = ["HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"]
    .map((name) => `${name}=${home}`);
  const command = ["env", "-C", home, ...folders, `OLLAMA_HOST=${fake.url}`, devmcp, "chat"];
  try {
    return await measure({ fake, home, command });
  } finally {
    await fake.stop();
    await Deno.remove(home, { recursive: true });
  }
}

type Terminal = (words: string[], command: string[]) => Promise<string>;

function createTerminal(python: string): Terminal {
  const script = fileURLToPath(new URL("terminal.py", import.meta.url));
  return async (words, command) => {
    const { code, stdout, stderr } = await capture(python, [script, ...words, "--", ...command]);
    if (code !== 0) throw new Error(`Cannot measure the chat: ${stderr}`);
    return stdout;
  };
}

const milliseconds = (value: number) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;

async function start({ command }: ChatWorld, terminal: Terminal, devmcp: string): Promise<Row> {
  const help = [...command.slice(0, command.indexOf(devmcp)), devmcp, "--help"];
  const programs = [[PROMPT, ...command], ["Usage:", ...help]];
  const words = programs.map((program) => JSON.stringify(program));
  const times = await terminal(["prompt", String(STARTS), ...words], []);
  const [ours, theirs]: [number[], number[]] = JSON.parse(times);
  const factor = median(ours.map((seconds, i) => seconds / theirs[i]!));
  return {
    what: "`devmcp chat`: start to prompt, in a terminal",
    figure: milliseconds(1000 * median(ours)),
    peer: `\`devmcp --help\` there: ${milliseconds(1000 * median(theirs))}`,
    ratio: `${factor.toFixed(2)} ×`,
    target: "≤ 1.5 ×",
    holds: factor <= 1.5,
  };
}

interface TimedTurns {
  turns: { sent: number; done: number }[];
  memory: number[];
}

async function takeTurns(
  count: number,
  chat: ChatWorld,
  terminal: Terminal,
  message = QUESTION,
): Promise<TimedTurns> {
  return JSON.parse(
    await terminal(["turns", String(count), PROMPT, message], chat.command),
  );
}

/** From Enter to the request, and from there all but the time that the model took; by one clock. */
async function ownShare(chat: ChatWorld, terminal: Terminal): Promise<Row[]> {
  const { turns } = await takeTurns(TURNS, chat, terminal);
  const requests = chat.fake.requests.filter(({ path }) => path === "/api/chat").slice(-TURNS);
  const clock = (ms: number) => performance.timeOrigin + ms;
  const first = turns.map(({ sent }, i) => clock(requests[i]!.arrivedAt) - 1000 * sent);
  const own = turns.map(({ sent, done }, i) =>
    1000 * (done - sent) - (requests[i]!.answeredAt! - requests[i]!.arrivedAt)
  );
  return [
    row("From Enter to the model's request", first, 15),
    row("devmcp's own share of a turn without steps", own, 30),
  ];
}

/** Of a plan of four steps, without what its tools took in their workers. */
async function stepsShare(chat: ChatWorld, terminal: Terminal): Promise<Row> {
  for (const name of FILES) await Deno.writeTextFile(`${chat.home}/${name}`, CODE);
  const { turns } = await takeTurns(TURNS / 4, chat, terminal, PLAN);
  const store = createSessionStore({ folder: `${chat.home}/devmcp/sessions` });
  const session = await store.read((await store.list())[0]!.id);
  const own = turns.map(({ sent, done }, i) => {
    const { timing, calls } = session.turns[i]!;
    if (calls.length !== 4) throw new Error(`Cannot measure: ${calls.length} steps ran`);
    return 1000 * (done - sent) - timing.waitedMs;
  });
  return row("devmcp's own share of a turn of four steps", own, 30 + 4 * 10);
}

function row(what: string, times: number[], most: number): Row {
  const typical = median(times);
  const slowest = `the first: ${milliseconds(times[0]!)}, the slowest of the other ` +
    `${times.length - 1}: ${milliseconds(Math.max(...times.slice(1)))}`;
  return {
    what,
    figure: milliseconds(typical),
    peer: slowest,
    ratio: "",
    target: `≤ ${most} ms`,
    holds: typical <= most,
  };
}

/** Markdown with code, for as long as somebody types. */
function longAnswer(): string {
  const code =
    "```python\ndef merge(a, b):\n    return sorted([*a, *b], key=lambda one: one.at)\n```";
  const part =
    `## A part\n\nThe **sky** is blue, as \`air\` scatters.\n\n- one\n- two\n\n${code}\n\n`;
  return part.repeat(400);
}

async function typing({ command }: ChatWorld, terminal: Terminal): Promise<Row> {
  const words = ["echo", String(KEYS), PROMPT, QUESTION, "scatters"];
  const { echo }: { echo: number[] } = JSON.parse(await terminal(words, command));
  const slowest = 1000 * Math.max(...echo);
  return {
    what: "From a key to its letter while 500 tokens/s stream in, the slowest",
    figure: milliseconds(slowest),
    peer: `the median of ${echo.length}: ${milliseconds(1000 * median(echo))}`,
    ratio: "",
    target: "≤ 16 ms",
    holds: slowest <= 16,
  };
}

/** After a tenth, the engine's heap has found its size: what leaks grows on. */
async function memory(chat: ChatWorld, terminal: Terminal): Promise<Row> {
  const { memory } = await takeTurns(MANY_TURNS, chat, terminal);
  const [early, late] = [memory[0]!, memory.at(-1)!];
  return {
    what: `Memory after ${MANY_TURNS} turns of one chat`,
    figure: `${Math.round(late)} MiB`,
    peer: `after ${MANY_TURNS / 10} turns: ${Math.round(early)} MiB`,
    ratio: `${(late / early).toFixed(2)} ×`,
    target: "≤ 1.25 ×",
    holds: late <= 1.25 * early,
  };
}

/** With all checks of its content. */
async function openOld(): Promise<Row> {
  const folder = await Deno.makeTempDir({ prefix: "devmcp-bench-" });
  try {
    const store = createSessionStore({ folder });
    const session = store.create({ folder: "/work" });
    for (let id = 1; id <= OLD_TURNS; id++) await session.addTurn(makeTurn(id), {});
    session.close();
    const times = await timeOpening(folder, session.data.id);
    const { size } = await Deno.stat(`${folder}/${session.data.id}.json`);
    return {
      what: `Opening a session of ${OLD_TURNS} turns`,
      figure: milliseconds(median(times)),
      peer: `${(size / 1e6).toFixed(1)} MB; the first time: ${milliseconds(times[0]!)}`,
      ratio: "",
      target: "≤ 200 ms",
      holds: median(times) <= 200,
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function timeOpening(folder: string, id: string): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < 9; i++) {
    const start = performance.now();
    (await createSessionStore({ folder }).open(id)).close();
    times.push(performance.now() - start);
  }
  return times;
}

async function weakModel(): Promise<Row> {
  const tasks = conversationTasks(TASKS, SEED);
  const perfect = await measureConversations(tasks, { kind: "perfect" });
  const weak = await measureConversations(tasks, { kind: "weak", seed: 1 });
  const earlier = measureEarlierWay(tasks, 1);
  const calls = weak.modelCalls / perfect.modelCalls;
  const percent = (right: number) => `${(100 * right / TASKS).toFixed(1)} %`;
  return {
    what: `${TASKS} tasks of one to four steps over a weak model: the right tools in order`,
    figure: `${percent(weak.right)}, ${calls.toFixed(2)} × the calls of a perfect model, ` +
      `${weak.loops} loops, ${weak.crashes.length} crashes`,
    peer: `four prompts and \`JSON.parse\`: ${percent(earlier.right)}`,
    ratio: `${(weak.right / earlier.right).toFixed(1)} ×`,
    target: "≥ 97 %, ≤ 1.5 × the calls",
    holds: weak.right >= 0.97 * TASKS && calls <= 1.5 && weak.loops + weak.crashes.length === 0,
  };
}
