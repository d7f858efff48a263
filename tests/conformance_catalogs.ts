/** The prompts and resources that the scenarios of the official conformance suite ask a server for. */
import type {
  GetPromptResult,
  Prompt,
  ReadResourceResult,
  Resource,
} from "@modelcontextprotocol/server";
import { ToolError } from "../config/tool_error.ts";
import type { PromptCatalog } from "../server/prompt_catalog.ts";
import type { Resources } from "../server/resources.ts";
import { PNG } from "./conformance_tools.ts";

type Message = GetPromptResult["messages"][number];
type Arguments = Record<string, string>;
type Contents = ReadResourceResult["contents"];

const say = (text: string): Message => ({ role: "user", content: { type: "text", text } });

interface FixturePrompt {
  /** All are required. */
  arguments: string[];
  messages(args: Arguments): Message[];
}

const PROMPTS: Record<string, FixturePrompt> = {
  test_simple_prompt: {
    arguments: [],
    messages: () => [say("This is a simple prompt for testing.")],
  },
  test_prompt_with_arguments: {
    arguments: ["arg1", "arg2"],
    messages: ({ arg1, arg2 }) => [
      say(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`),
    ],
  },
  test_prompt_with_embedded_resource: {
    arguments: ["resourceUri"],
    messages: ({ resourceUri }) => [{
      role: "user",
      content: {
        type: "resource",
        resource: {
          uri: resourceUri!,
          mimeType: "text/plain",
          text: "Embedded resource content for testing.",
        },
      },
    }, say("Please process the embedded resource above.")],
  },
  test_prompt_with_image: {
    arguments: [],
    messages: () => [
      { role: "user", content: { type: "image", data: PNG, mimeType: "image/png" } },
      say("Please analyze the image above."),
    ],
  },
  test_input_required_result_prompt: {
    arguments: ["context"],
    messages: ({ context }) => [say(`Context: ${context}`)],
  },
};

function describePrompt([name, prompt]: [string, FixturePrompt]): Prompt {
  const args = prompt.arguments.map((argument) => ({
    name: argument,
    description: `The ${argument}`,
    required: true,
  }));
  return { name, description: `Conformance: ${name}`, arguments: args };
}

/** @returns the prompts, and what tells that they have changed */
export function createConformancePrompts(): { prompts: PromptCatalog; changed(): void } {
  const listeners = new Set<() => void>();
  const prompts: PromptCatalog = {
    list: () => Promise.resolve(Object.entries(PROMPTS).map(describePrompt)),
    get(name, args) {
      const prompt = PROMPTS[name];
      const missing = prompt?.arguments.find((argument) => args[argument] === undefined);
      if (missing) throw new ToolError(`Cannot use "${name}": \`${missing}\` is missing`);
      return Promise.resolve(prompt && { messages: prompt.messages(args) });
    },
    complete: (_name, _argument, value) =>
      Promise.resolve(["paris", "park", "party"].filter((word) => word.startsWith(value))),
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return { prompts, changed: () => listeners.forEach((listener) => listener()) };
}

const RESOURCES: Record<string, Contents[number]> = {
  "test://static-text": {
    uri: "test://static-text",
    mimeType: "text/plain",
    text: "This is the content of the static text resource.",
  },
  "test://static-binary": { uri: "test://static-binary", mimeType: "image/png", blob: PNG },
  "test://watched-resource": {
    uri: "test://watched-resource",
    mimeType: "text/plain",
    text: "Nothing happens here.",
  },
};

function describeResource({ uri, mimeType }: Contents[number]): Resource {
  return { uri, name: new URL(uri).hostname, description: `Conformance: ${uri}`, mimeType };
}

function readTemplate(uri: string): Contents | undefined {
  const id = /^test:\/\/template\/([^/]+)\/data$/.exec(uri)?.[1];
  if (id === undefined) return;
  const text = JSON.stringify({ id, templateTest: true, data: `Data for ID: ${id}` });
  return [{ uri, mimeType: "application/json", text }];
}

export const conformanceResources: Resources = {
  list: () => Promise.resolve(Object.values(RESOURCES).map(describeResource)),
  templates: () => [{
    uriTemplate: "test://template/{id}/data",
    name: "template",
    description: "Conformance: a template",
    mimeType: "application/json",
  }],
  read(uri) {
    const found = RESOURCES[uri];
    return Promise.resolve(found ? [found] : readTemplate(uri));
  },
  complete: () => Promise.resolve([]),
  prepare: () => Promise.resolve(),
  watch: () => () => {},
};
