import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { createScripted, type ScriptedReply } from "../models/scripted.ts";
import { tool } from "./generate_tests.ts";
import { contextWith } from "./model_tool_fixture.ts";

const CART = `def total(items):
    return sum(items) if items else 0


def discount(price, percent):
    if percent > 100:
        raise ValueError
    return price * (100 - percent) / 100
`;
const FILES = {
  "src/shop/cart.py": CART,
  "my-cart.py": CART,
  "broken.py": "def f(:\n",
  "empty.py": "x = 1\n",
  "web/cart.ts": "export function total(items: number[]) { return 0; }\n",
  "cart/cart.go": "package cart\n\nfunc Total(items []int) int { return 0 }\n",
};

async function generate(replies: ScriptedReply[], input: Record<string, unknown>) {
  const model = createScripted(replies);
  const parsed = tool.input.parse(input);
  const output = tool.output.parse(await tool.run(parsed, contextWith(model, FILES)));
  return { output, model, text: tool.render!(output, parsed) };
}

const fence = (code: string, language = "python") => `\`\`\`${language}\n${code}\n\`\`\`\n`;

const PYTEST = `import pytest
from shop.cart import discount, total

def test_total_of_nothing():
    assert total([]) == 0

@pytest.mark.parametrize("percent", [0, 10, 100])
def test_discount(percent):
    assert discount(50, percent) <= 50
`;

Deno.test("generate_tests counts tests and what they name in the tests themselves", async () => {
  const { output, model, text } = await generate([fence(PYTEST)], { path: "src/shop/cart.py" });
  deepEqual(output.test_cases, [
    { name: "test_total_of_nothing", line: 5, variants: 1 },
    { name: "test_discount", line: 10, variants: 3 },
  ]);
  deepEqual([output.test_count, output.coverage_estimate], [2, 75]);
  deepEqual(output.problems, ["the estimated coverage of 75 % is below the target of 80 %"]);
  deepEqual([output.imports, output.untested], ["shop.cart", []]);
  equal(model.requests.length, 1);
  match(text, /\*\*Tests:\*\* 2, estimated coverage 75 %/);
});

Deno.test("generate_tests tells the model what to import and to test", async () => {
  const { model } = await generate([fence(PYTEST)], {
    path: "/project/src/shop/cart.py",
    coverage_target: 50,
  });
  const [fixed, asked] = model.requests[0]!.messages;
  match(asked!.content, /- Framework: pytest\n- Import: from shop\.cart import …/);
  match(asked!.content, /- To test: total, discount\n- Share of the code to reach: 50 %/);
  match(asked!.content, /```python\ndef total\(items\):/);
  ok(!fixed!.content.includes("total("));
});

Deno.test("generate_tests sends back tests that test nothing", async () => {
  const cases: [string, RegExp][] = [
    ["from shop.cart import total\nassert total([]) == 0", /there is no test: a test is a func/],
    ["def test_a():\n    assert 1", /the code is not imported: from shop\.cart import …/],
    ["from shop.cart import total\ndef test_a():\n    assert totl([])", /Undefined name `totl`/],
  ];
  for (const [tests, finding] of cases) {
    const { output, model } = await generate([fence(tests), fence(PYTEST)], {
      path: "src/shop/cart.py",
    });
    match(model.requests[1]!.messages.at(-1)!.content, finding);
    equal(output.test_count, 2);
  }
});

Deno.test("generate_tests fails when there is no test after all", async () => {
  const none = fence("from module_under_test import total\n\n\ntotal([])");
  await rejects(generate([none, none], { code: CART }), {
    name: "ModelError",
    message: 'Cannot use the reply of "scripted": there is no test in it',
  });
});

Deno.test("generate_tests knows every framework's tests", async () => {
  const unittest = `import unittest
from module_under_test import total
class TotalTest(unittest.TestCase):
    def test_nothing(self):
        self.assertEqual(total([]), 0)
`;
  const vitest = `import { expect, it } from "vitest";
import { total } from "./cart";
it("adds up", () => { expect(total([])).toBe(0); });`;
  const go = `package cart
import "testing"
func TestTotal(t *testing.T) { if Total(nil) != 0 { t.Fail() } }`;
  const cases: [Record<string, unknown>, string, unknown[]][] = [
    [{ code: CART, test_framework: "unittest" }, fence(unittest), [
      "TotalTest.test_nothing",
      25,
      "python",
    ]],
    [{ path: "web/cart.ts", test_framework: "vitest" }, fence(vitest, "typescript"), [
      "adds up",
      100,
      "typescript",
    ]],
    [{ path: "web/cart.ts", test_framework: "jest" }, fence(vitest, "typescript"), [
      "adds up",
      100,
      "typescript",
    ]],
    [{ path: "cart/cart.go", test_framework: "go test" }, fence(go, "go"), [
      "TestTotal",
      100,
      "go",
    ]],
  ];
  for (const [input, reply, expected] of cases) {
    const { output } = await generate([reply], input);
    deepEqual([output.test_cases[0]!.name, output.coverage_estimate, output.language], expected);
  }
});

Deno.test("generate_tests refuses code that cannot be tested, before it asks the model", async () => {
  const cases: [Record<string, unknown>, RegExp][] = [
    [{}, /Cannot choose the code: neither given/],
    [{ code: "", path: "a.py" }, /Cannot choose the code: both given/],
    [{ path: "none.py" }, /Cannot read "none\.py"/],
    [{ path: "broken.py" }, /the code does not parse, line 1, column \d+/],
    [{ path: "empty.py" }, /defines nothing that a test could call/],
    [{ code: "" }, /defines nothing that a test could call/],
    [{ path: "my-cart.py" }, /no test can import "my-cart\.py"/],
    [{ path: "web/cart.ts" }, /Cannot test "web\/cart\.ts" with pytest: another language/],
    [{ path: "a.rs" }, /Cannot test "a\.rs" with pytest: another language/],
    [{ code: "func A() {}", test_framework: "go test" }, /no test can import ""/],
    [{ code: CART.repeat(200) }, /the code has \d+ characters, and "scripted" reads about \d+/],
  ];
  for (const [input, message] of cases) await rejects(generate([], input), { message });
});

Deno.test("generate_tests names the frameworks it knows", async () => {
  const input = tool.input.parse({ path: "web/cart.ts" });
  await rejects(tool.run(input, contextWith(createScripted([]), FILES)), {
    hint: "set `test_framework` to vitest or jest",
  });
  const { error } = tool.input.safeParse({ code: "", test_framework: "mocha" });
  match(String(error), /pytest.*unittest.*vitest.*jest.*go test/s);
});

Deno.test("generate_tests without a model fails at once and says what to do", async () => {
  const started = performance.now();
  const input = tool.input.parse({ code: CART });
  await rejects(tool.run(input, contextWith(undefined)), { hint: /doctor --fix/ });
  ok(performance.now() - started < 200);
});
