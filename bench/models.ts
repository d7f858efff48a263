/** What devmcp adds to a call of a model, and what it makes of a weak one. */
import {
  type FakeOllama,
  type FakeOllamaOptions,
  startFakeOllama,
} from "../models/fakes/fake_ollama.ts";
import { goodModel } from "../tests/model_world.ts";
import { measureWeakModel, WEAK_CASES, type WeakFigures } from "../tests/weak_model.ts";
import { median } from "./measure.ts";
import { type McpSession, openMcpSession } from "./mcp_session.ts";
import type { Row } from "./row.ts";

const WARM_UP = 20;
const CALLS = 200;
/** No model is faster; progress within a tenth of a second of the last one is left out. */
const FIRST_TOKEN_MS = 150;
const MANY_CALLS = 10_000;
const WEAK_CALLS = 1000;

const TASK = { informal_request: "make our csv import faster" };
const CODE = { description: "count the words of a page" };

/** The rows of the model features, as they come; the model is a fake, so that only devmcp counts. */
export async function* measureModels(devmcp: string): AsyncGenerator<Row> {
  yield await withServer(devmcp, { tokensPerLine: 1000 }, addedTime);
  yield await withServer(devmcp, { tokensPerLine: 40, tokenDelayMs: FIRST_TOKEN_MS }, firstToken);
  yield await withServer(devmcp, { tokensPerLine: 1000 }, memory);
  for (const [seed, one] of WEAK_CASES.entries()) {
    yield weakRow(await measureWeakModel(one, WEAK_CALLS, seed));
  }
}

/** A session with a server whose model is a fake, at a home without configuration. */
async function withServer(
  devmcp: string,
  options: FakeOllamaOptions,
  measure: (session: McpSession, fake: FakeOllama) => Promise<Row>,
): Promise<Row> {
  const fake = await startFakeOllama({ reply: goodModel, ...options });
  const home = await Deno.makeTempDir({ prefix: "devmcp-bench-" });
  const folders = Object.fromEntries(
    ["HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"].map((name) => [name, home]),
  );
  const session = await openMcpSession([devmcp, "serve"], { ...folders, OLLAMA_HOST: fake.url });
  try {
    return await measure(session, fake);
  } finally {
    await session.close();
    await fake.stop();
    await Deno.remove(home, { recursive: true });
  }
}

const milliseconds = (value: number) => `${value.toFixed(1)} ms`;

/** From our request in to its request out, and from its reply's end to ours, by one clock. */
async function addedTime(session: McpSession, fake: FakeOllama): Promise<Row> {
  const task = median(await timesAdded(session, fake, "formalize_task", TASK));
  const code = median(await timesAdded(session, fake, "generate_code", CODE));
  return {
    what: "Time added to a call of a model, warm: `formalize_task` over MCP",
    figure: milliseconds(task),
    peer: `\`generate_code\`, which parses, lints and formats: ${milliseconds(code)}`,
    ratio: "",
    target: "≤ 5 ms",
    holds: task <= 5,
  };
}

async function timesAdded(
  session: McpSession,
  fake: FakeOllama,
  name: string,
  args: Record<string, unknown>,
): Promise<number[]> {
  const times: number[] = [];
  for (let call = 0; call < WARM_UP + CALLS; call++) {
    const { sentAt, answeredAt } = await session.call(name, args);
    const request = fake.requests.at(-1)!;
    const added = request.arrivedAt - sentAt + answeredAt - request.answeredAt!;
    if (call >= WARM_UP) times.push(added);
  }
  return times;
}

/** From a reply's first token on the way to us, to what a client can show of it. */
async function firstToken(session: McpSession, fake: FakeOllama): Promise<Row> {
  const times: number[] = [];
  for (let call = 0; call < WARM_UP + CALLS / 4; call++) {
    const { progress } = await session.call("formalize_task", TASK);
    const shown = progress.find(({ message }) => message.includes("writes"));
    if (!shown) throw new Error("Cannot time the first token: nothing told of it");
    if (call >= WARM_UP) times.push(shown.at - fake.requests.at(-1)!.firstPieceAt!);
  }
  const typical = median(times);
  return {
    what: "First token told after it arrived, as progress over MCP",
    figure: milliseconds(typical),
    peer: `the slowest of ${times.length}: ${milliseconds(Math.max(...times))}`,
    ratio: "",
    target: "≤ 20 ms",
    holds: typical <= 20,
  };
}

/** The engine's heap grows in steps until it has found its size: what leaks grows on. */
async function memory(session: McpSession, fake: FakeOllama): Promise<Row> {
  const call = async (count: number) => {
    for (let i = 0; i < count; i++) await session.call("formalize_task", TASK);
    // What the fake remembers is not what is measured, but it would fill this process.
    fake.requests.length = fake.calls.length = 0;
    return await residentMemory(session.pid);
  };
  const early = await call(MANY_CALLS / 10);
  const late = await call(MANY_CALLS * 0.9);
  return {
    what: `Memory after ${MANY_CALLS} calls of a model`,
    figure: `${Math.round(late)} MiB`,
    peer: `after ${MANY_CALLS / 10} calls: ${Math.round(early)} MiB`,
    ratio: `${(late / early).toFixed(2)} ×`,
    target: "≤ 1.25 ×",
    holds: late <= 1.25 * early,
  };
}

/** MiB of a process, from Linux's own table. */
async function residentMemory(pid: number): Promise<number> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`);
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(status)!;
  return Number(kibibytes) / 1024;
}

function weakRow({ tool, calls, valid, clearErrors, modelCalls, plain }: WeakFigures): Row {
  const percent = (count: number) => `${(100 * count / calls).toFixed(1)} %`;
  const each = modelCalls / calls;
  const isCode = tool.startsWith("generate_");
  return {
    what: `\`${tool}\`, ${calls} calls over a weak model: valid results`,
    figure: `${percent(valid)}, ${each.toFixed(2)} calls of the model each`,
    peer: `${isCode ? "the block as it is" : "`JSON.parse` of the reply"}: ${percent(plain)}`,
    ratio: `${(valid / plain).toFixed(2)} ×`,
    target: "≥ 99 %, the rest clear errors, ≤ 1.4 calls",
    holds: valid >= 0.99 * calls && valid + clearErrors === calls && each <= 1.4,
  };
}
