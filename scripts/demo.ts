/**
 * Shows what `devmcp chat` does: three messages to the binary, answered by the models of this machine
 * where both roles have one, else by a scripted model behind a fake Ollama.
 */
import { fileURLToPath } from "node:url";
import { type FakeOllama, startFakeOllama } from "../models/fakes/fake_ollama.ts";
import { demoAnswer } from "./demo_answers.ts";
import { capture, ROOT } from "./run.ts";

const BINARY = Deno.env.get("DEVMCP_BIN") ?? fileURLToPath(new URL("devmcp", ROOT));

/** What people ask first. */
const MESSAGES = [
  "Write a Python function that computes Fibonacci numbers",
  "Now write tests for it",
  "Create a REST endpoint for user management, write tests for it and review it",
];

/** The models that play both roles; undefined when one is missing. */
async function findModels(): Promise<string[] | undefined> {
  const { code, stdout } = await capture(BINARY, ["models", "list", "--json"]);
  if (code !== 0) return undefined;
  const { roles } = JSON.parse(stdout) as { roles: { model: string | null }[] };
  const models = roles.flatMap(({ model }) => model ?? []);
  return models.length === roles.length ? models : undefined;
}

/** Where nothing of the user's own is read or written. */
function homeIn(folder: string): Record<string, string> {
  return {
    HOME: folder,
    XDG_CONFIG_HOME: `${folder}/config`,
    XDG_CACHE_HOME: `${folder}/cache`,
    XDG_STATE_HOME: `${folder}/state`,
  };
}

/** Servers that the environment names would be asked instead. */
const UNSET = Object.fromEntries(
  ["STARCODER_ENDPOINT", "MISTRAL_ENDPOINT", "DEVMCP_CODE_MODEL", "DEVMCP_CHAT_MODEL"]
    .map((name) => [name, ""]),
);

async function talk(env: Record<string, string>, folder: string): Promise<void> {
  for (const message of MESSAGES) {
    console.log(`\n$ devmcp chat -p "${message}" --session demo\n`);
    const args = ["chat", "-p", message, "--session", "demo"];
    const child = new Deno.Command(BINARY, { args, cwd: folder, env, stdin: "null" });
    const { code } = await child.spawn().status;
    if (code !== 0) throw new Error(`"${message}" exited with ${code}`);
  }
}

async function demo(): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "devmcp-demo-" });
  let fake: FakeOllama | undefined;
  try {
    const models = await findModels();
    if (!models) fake = await startFakeOllama({ reply: demoAnswer });
    console.log(
      models
        ? `The models of this machine answer: ${[...new Set(models)].join(", ")}`
        : "No model runs on this machine: a scripted one answers, with what was written by hand",
    );
    await Deno.mkdir(`${folder}/work`);
    const scripted = fake ? { ...homeIn(folder), ...UNSET, OLLAMA_HOST: fake.url } : {};
    await talk({ XDG_STATE_HOME: `${folder}/state`, ...scripted }, `${folder}/work`);
  } finally {
    await fake?.stop();
    await Deno.remove(folder, { recursive: true });
  }
}

try {
  await demo();
} catch (error) {
  console.error(`error: ${error instanceof Error ? error.message : error}`);
  Deno.exit(1);
}
