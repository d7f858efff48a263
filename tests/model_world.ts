/** The binary, a fake server of models, and a home without any configuration. */
import { devmcp, inFolder, type Run, type RunOptions } from "./devmcp.ts";
import type { Answer } from "../models/fakes/fake_ollama_chat.ts";
import { answerTruly } from "../models/fakes/fake_answers.ts";
import type { FakeOllama, FakeRequest } from "../models/fakes/fake_ollama.ts";

export interface ModelWorld {
  fake: FakeOllama;
  /** An empty folder, where commands run. */
  folder: string;
  env: Record<string, string>;
  /** Runs `devmcp ARGS`, and how long that took. */
  run(args: string[], options?: RunOptions): Promise<Run & { elapsedMs: number }>;
}

/** What else could name a server, or stand between it and the binary. */
const UNSET = [
  "STARCODER_ENDPOINT",
  "MISTRAL_ENDPOINT",
  "DEVMCP_CODE_MODEL",
  "DEVMCP_CHAT_MODEL",
  "MODEL_TIMEOUT_SECONDS",
  "HTTP_PROXY",
  "http_proxy",
  "ALL_PROXY",
  "all_proxy",
];

/** Runs `test` in a world whose OLLAMA_HOST is what `start` starts. */
export async function withModels(
  start: () => Promise<FakeOllama>,
  test: (world: ModelWorld) => Promise<void>,
  files: Record<string, string> = {},
): Promise<void> {
  const fake = await start();
  try {
    await inFolder({ "work/.keep": "", ...files }, async (home) => {
      const folder = `${home}/work`;
      const env = {
        ...Object.fromEntries(UNSET.map((name) => [name, ""])),
        ...homeIn(home),
        OLLAMA_HOST: fake.url,
      };
      const run: ModelWorld["run"] = async (args, options = {}) => {
        const start = performance.now();
        const result = await devmcp(args, {
          cwd: folder,
          ...options,
          env: { ...env, ...options.env },
        });
        return { ...result, elapsedMs: performance.now() - start };
      };
      await test({ fake, folder, env, run });
    });
  } finally {
    await fake.stop();
  }
}

function homeIn(folder: string): Record<string, string> {
  return {
    HOME: folder,
    USERPROFILE: folder,
    APPDATA: folder,
    LOCALAPPDATA: folder,
    XDG_CONFIG_HOME: `${folder}/.config`,
    XDG_CACHE_HOME: `${folder}/.cache`,
    XDG_STATE_HOME: `${folder}/.state`,
  };
}

/** A model that answers as it was asked to. */
export const goodModel: Answer = (call) => {
  const truth = answerTruly(call);
  if ("json" in truth) return { json: truth.json };
  if ("text" in truth) return truth;
  return { text: `\`\`\`${truth.language}\n${truth.code}\`\`\`\n\n${truth.prose}` };
};

/** The requests that asked a model something. */
export function asked({ requests }: FakeOllama): FakeRequest[] {
  return requests.filter(({ path, body }) =>
    path === "/api/chat" && Array.isArray(body.messages) && body.messages.length > 0
  );
}
