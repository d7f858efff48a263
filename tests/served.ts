/** The binary as a server with all that it offers, over both transports, beside a good model. */
import assert from "node:assert/strict";
import {
  type FakeOllama,
  type FakeOllamaOptions,
  startFakeOllama,
} from "../models/fakes/fake_ollama.ts";
import { HttpHost } from "./http_host.ts";
import { goodModel, withModels } from "./model_world.ts";

export interface Served {
  /** What follows the binary on stdio. */
  args: string[];
  env: Record<string, string>;
  folder: string;
  /** Of the same over HTTP. */
  url: string;
  /** Its models. */
  fake: FakeOllama;
}

export const CODE = "import os\n\n\ndef add(a, b):\n    return a+b\n";
const FLAGS = ["--allow-writes"];

/** What each tool is called with; it must succeed. */
export const TOOL_ARGUMENTS: Record<string, Record<string, unknown>> = {
  analyze_complexity: { code: CODE },
  formalize_task: { informal_request: "a command that counts words" },
  format_code: { path: "a.py" },
  generate_code: { description: "count the words of a text" },
  generate_tests: { code: CODE, test_framework: "pytest" },
  list_languages: { language: "python" },
  review_code: { code: CODE },
  write_file: { path: "new.txt", content: "new\n" },
};

/** What the prompts' arguments are filled with, by their names. */
const PROMPT_ARGUMENTS: Record<string, string> = {
  code: CODE,
  diff: "--- a/a.py\n+++ b/a.py\n@@ -1 +1 @@\n-a = 1\n+a = 2\n",
  task: "count the words of a text",
  goal: "shorter",
};

/** The required arguments of a prompt. */
export function promptArguments(
  { name, arguments: declared = [] }: {
    name: string;
    arguments?: { name: string; required?: boolean }[];
  },
): Record<string, string> {
  const required = declared.filter((argument) => argument.required);
  return Object.fromEntries(required.map((argument) => {
    const value = PROMPT_ARGUMENTS[argument.name];
    assert.ok(value, `nothing is known for "${argument.name}" of "${name}"`);
    return [argument.name, value];
  }));
}

export interface ServedOptions extends Pick<FakeOllamaOptions, "reply" | "tokenDelayMs"> {
  /** @default true */
  hasModel?: boolean;
}

/** Runs `test` beside a server that listens, and checks that it ends clean. */
export async function withServed(
  test: (served: Served) => Promise<void>,
  { hasModel = true, reply = goodModel, tokenDelayMs }: ServedOptions = {},
): Promise<void> {
  await withModels(
    () => startFakeOllama({ reply, tokenDelayMs }),
    async ({ fake, folder, ...world }) => {
      const env = { ...world.env, ...!hasModel && { OLLAMA_HOST: "http://127.0.0.1:9" } };
      const host = new HttpHost([...FLAGS, "--http", "127.0.0.1:0"], env, folder);
      try {
        await host.listening();
        await test({
          args: ["serve", ...FLAGS, "--root", folder],
          env,
          folder,
          url: host.url,
          fake,
        });
      } finally {
        host.kill("SIGTERM");
        assert.equal((await host.ended()).code, 0);
      }
    },
    { "work/a.py": CODE },
  );
}
