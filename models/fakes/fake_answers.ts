/** What a good model says to devmcp's prompts, made from the request itself. For tests. */
import type { FakeCall } from "./fake_ollama_chat.ts";
import type { TrueAnswer } from "./fake_weak_model.ts";

/** The answer to a call of formalize_task, generate_code, generate_tests or of a review. */
export function answerTruly({ messages }: FakeCall): TrueAnswer {
  const text = messages.filter(({ role }) => role !== "assistant").map((one) => one.content).join(
    "\n",
  );
  if (text.includes("\nLook for:")) return reviewCode(text);
  const framework = lastField(text, "- Framework:");
  if (framework) return writeTests(text, framework);
  const task = lastField(text, "- Task:");
  if (task) return writeCode(task, lastField(text, "- Language:").toLowerCase());
  const request = lastField(text, "Request:");
  if (request) return formalize(request);
  throw new Error(`no answer is known to ${JSON.stringify(text.slice(-200))}`);
}

/** The rest of the last line that begins with `label`: what comes before is an example. */
function lastField(text: string, label: string): string {
  const at = `\n${text}`.lastIndexOf(`\n${label}`);
  return at < 0 ? "" : text.slice(at + label.length).split("\n", 1)[0]!.trim();
}

function formalize(request: string): TrueAnswer {
  const words = request.split(/\s+/);
  const steps = words.slice(0, 2 + words.length % 4).map((word) => `Look into "${word}" first`);
  return {
    json: {
      formalized_description: `Build what was asked for: "${request}", it's to be complete.`,
      requirements: [
        `It does this: ${request}`,
        "Wrong input (empty, too long) gives a clear error",
        "To decide: who may use it?",
      ],
      steps: [...steps, "Write the code", "Test it, then measure it"],
      estimated_complexity: ["low", "medium"][words.length % 2],
    },
  };
}

/** Up to three findings, each at a line that says something. */
function reviewCode(text: string): TrueAnswer {
  const code = text.slice(text.lastIndexOf("\nCODE:\n"));
  const lines = [...code.matchAll(/^ *(\d+)\| (.*\w.*)$/gm)];
  const findings = lines.filter((_, i) => i % 3 === 1).slice(0, 3).map(([, line, quote], i) => ({
    quote,
    line: Number(line),
    category: ["correctness", "security", "performance"][i],
    message: `It goes wrong when "${quote!.trim().slice(0, 20)}" is empty, as it's not checked.`,
    suggestion: "Check it first; raise a ValueError.",
    severity: ["critical", "major", "minor"][i],
    confidence: [0.9, 0.7, 0.5][i],
  }));
  return { json: { findings } };
}

function nameOf(task: string): string {
  return task.toLowerCase().match(/[a-z]+/g)?.slice(0, 4).join("_") ?? "run";
}

const WRITERS: Record<string, (name: string, task: string) => string> = {
  python: writePython,
  go: (name, task) =>
    `package main\n\nimport (\n\t"errors"\n\t"strings"\n)\n\n// ${name} does this: ${task}\n` +
    `func ${name}(text string) (int, error) {\n\tif text == "" {\n\t\treturn 0, errors.New("empty")\n\t}\n` +
    `\treturn len(strings.Fields(text)), nil\n}\n`,
  typescript: (name, task) =>
    `import { z } from "zod";\n\n/** ${task} */\nexport function ${name}(text: string): number {\n` +
    `  const { items } = z.object({ items: z.array(z.string()) }).parse(JSON.parse(text));\n` +
    `  return items.length;\n}\n`,
};

function writeCode(task: string, language: string): TrueAnswer {
  const write = WRITERS[language] ?? ((name) => `${name} = { ${task} }\n`);
  const code = write(nameOf(task), task);
  return { code, language, prose: "It reads its input once; wrong input gives a clear error." };
}

function writePython(name: string, task: string): string {
  return `"""${task.replaceAll('"', "'")}."""

import re
from collections import Counter

import requests

LIMIT = ${10 + task.length}


def ${name}(address: str, limit: int = LIMIT) -> dict[str, int]:
    """Count the words of a page, the most frequent first."""
    if limit < 1:
        raise ValueError("limit must be at least 1")
    response = requests.get(address, timeout=10)
    response.raise_for_status()
    words = re.findall(r"[a-z']+", response.text.lower())
    return dict(Counter(words).most_common(limit))
`;
}

interface Tests {
  /** As the prompt describes it. */
  framework: string;
  importLine: string;
  /** What to test; of a method, its class. */
  names: string[];
  language: string;
}

function writeTests(text: string, framework: string): TrueAnswer {
  const units = lastField(text, "- To test:").split(",").map((unit) => unit.trim().split(".")[0]!);
  const names = [...new Set(units)].filter(Boolean);
  const importLine = lastField(text, "- Import:").replace("…", names.join(", "));
  const language = lastField(text, "Code in ").replace(/:$/, "");
  const code = codeOfTests({ framework, importLine, names, language });
  return { code, language, prose: "The tests check what is usual and what must be refused." };
}

function codeOfTests(tests: Tests): string {
  if (tests.framework.startsWith("unittest")) return writeUnittest(tests);
  if (tests.framework.startsWith("pytest")) return writePytest(tests);
  return tests.framework.startsWith("go") ? writeGoTests(tests) : writeScriptTests(tests);
}

function writePytest({ importLine, names }: Tests): string {
  const tests = names.map((name) => `
@pytest.mark.parametrize(("value", "expected"), [(1, 1), (2, 4), (3, 9)])
def test_${name}_of_usual_values(value, expected):
    assert ${name}(value) == expected


def test_${name}_refuses_nothing():
    with pytest.raises((TypeError, ValueError)):
        ${name}(None)
`);
  return `import pytest\n\n${importLine}\n\n${tests.join("\n")}`;
}

function writeUnittest({ importLine, names }: Tests): string {
  const tests = names.map((name) => `
    def test_${name}_of_two(self):
        self.assertEqual(${name}(2), 4)

    def test_${name}_refuses_nothing(self):
        with self.assertRaises(TypeError):
            ${name}(None)
`);
  return `import unittest\n\n${importLine}\n\n\nclass TestUnits(unittest.TestCase):${
    tests.join("")
  }`;
}

function writeScriptTests({ framework, importLine, names }: Tests): string {
  const library = framework.startsWith("vitest") ? 'import { expect, test } from "vitest";\n' : "";
  const tests = names.map((name) =>
    `test("${name} of two", () => {\n  expect(${name}(2)).toBe(4);\n});\n\n` +
    `test("${name} refuses nothing", () => {\n  expect(() => ${name}(null)).toThrow();\n});\n`
  );
  return `${library}${importLine}\n\n${tests.join("\n")}`;
}

function writeGoTests({ importLine, names }: Tests): string {
  const tests = names.map((name) =>
    `func Test${name[0]!.toUpperCase()}${name.slice(1)}(t *testing.T) {\n` +
    `\tif got := ${name}(2); got != 4 {\n\t\tt.Errorf("got %d, want 4", got)\n\t}\n}\n`
  );
  const name = /"package (\w+)"/.exec(importLine)?.[1] ?? "main";
  return `package ${name}\n\nimport "testing"\n\n${tests.join("\n")}`;
}
