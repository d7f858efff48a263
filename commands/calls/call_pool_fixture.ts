/** A worker for the tests of the pool: tools that work, wait, block, fail and print. */
import * as z from "zod";
import { defineTool, type Tool, ToolError } from "../../tools/tool.ts";
import { scriptedModels } from "../../models/scripted.ts";
import { type CallPort, serveCalls } from "../serve/serve_calls.ts";

let calls = 0;
let isSpent = false;

const input = z.object({ ms: z.int().default(0).describe("Milliseconds") });
const output = z.object({ calls: z.int().describe("Calls that this worker has had") });
const base = { title: "T", summary: "S.", effects: "none" as const, input, output };

const tools = [
  defineTool({ ...base, name: "work", run: () => Promise.resolve({ calls: ++calls }) }),
  defineTool({
    ...base,
    name: "spend",
    run: () => {
      isSpent = true;
      return Promise.resolve({ calls: ++calls });
    },
  }),
  defineTool({
    ...base,
    name: "wait",
    run: async ({ ms }, { signal, progress, log }) => {
      progress(1, 2, "waiting");
      log("info", "waiting");
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      setTimeout(resolve, ms);
      signal.addEventListener("abort", () => reject(signal.reason));
      await promise;
      return { calls: ++calls };
    },
  }),
  defineTool({
    ...base,
    name: "block",
    run: ({ ms }) => {
      const end = performance.now() + ms;
      while (performance.now() < end);
      return Promise.resolve({ calls: ++calls });
    },
  }),
  defineTool({
    ...base,
    name: "refuse",
    run: () => Promise.reject(new ToolError("Cannot do it", { hint: "do another thing" })),
  }),
  defineTool({ ...base, name: "fail", run: () => Promise.reject(new TypeError("boom\nmore")) }),
  defineTool({
    ...base,
    name: "crash",
    run: () => {
      setTimeout(() => {
        throw new Error("crashed");
      });
      return new Promise<never>(() => {});
    },
  }),
  defineTool({
    ...base,
    name: "crash_later",
    run: ({ ms }) => {
      setTimeout(() => {
        throw new Error("crashed");
      }, ms);
      return Promise.resolve({ calls: ++calls });
    },
  }),
  defineTool({
    ...base,
    name: "ask",
    run: async (_input, { models, signal }) => {
      const model = await models.get("chat");
      const messages = [{ role: "user" as const, content: "How many?" }];
      const { text } = await model.chat({ messages, maxTokens: 5, signal }).catch(() => ({
        text: "0", // a tool may go on without: the call ends all the same
      }));
      return { calls: Number(text) };
    },
  }),
] as unknown as Tool[];

serveCalls(self as unknown as CallPort, {
  tools: tools.map((tool) => ({
    ...tool,
    configured: undefined,
    instant: undefined,
    load: () => Promise.resolve(tool),
  })),
  engines: {} as never,
  isSpent: () => isSpent,
  env: () => undefined,
  openWorkspace: () => ({} as never),
  createCapabilities: () => ({ models: scriptedModels({}) } as never),
});
