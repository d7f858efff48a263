import { deepEqual } from "node:assert/strict";
import { measureComplexity } from "../complexity.ts";
import { parser } from "../syntax/parser_fixture.ts";
import { findPythonTests } from "./python_tests.ts";
import { scriptUnits } from "./script_units.ts";
import { findScriptTests } from "./script_tests.ts";
import { estimateCoverage, pythonUnits } from "./test_coverage.ts";

const CART = `
class Cart:
    def __init__(self, items):
        self.items = items
    def total(self):
        return sum(self.items) if self.items else 0
    def __len__(self):
        return len(self.items)
    def _hidden(self):
        pass

class Empty(Exception):
    pass

def discount(price, member):
    def helper():
        pass
    if member and price > 10:
        return price * 0.9
    return price

def _private():
    pass
`;

const units = (code: string) => pythonUnits(measureComplexity(parser.parse(code)));
const estimate = (tests: string) =>
  estimateCoverage(units(CART), findPythonTests(parser.parse(tests)));

Deno.test("pythonUnits() finds what is public, with the ways through it", () => {
  deepEqual(units(CART).map(({ name, paths }) => [name, paths]), [
    ["Cart", 1],
    ["Cart.total", 2],
    ["discount", 3],
    ["Empty", 1],
  ]);
  deepEqual(units("def _only(): pass\n").map(({ name }) => name), ["_only"]);
  deepEqual(units("x = 1\n"), []);
});

Deno.test("estimateCoverage() counts tests that name a unit, up to its paths", () => {
  const cases: [string, number, string[]][] = [
    ["", 0, ["Cart", "Cart.total", "discount", "Empty"]],
    ["def test_a(): assert discount(1, False) == 1", 14, ["Cart", "Cart.total", "Empty"]],
    ["def test_a(): assert Cart([1]).total() == 1", 28, ["discount", "Empty"]],
    [
      '@pytest.mark.parametrize("p", [1, 2, 3, 4, 5])\ndef test_a(p): discount(p, True)',
      42,
      ["Cart", "Cart.total", "Empty"],
    ],
    ["@pytest.fixture\ndef cart(): return Cart([])\n", 14, ["Cart.total", "discount", "Empty"]],
    ["from shop import Cart, discount, Empty\ndef test_total(): pass", 0, [
      "Cart",
      "Cart.total",
      "discount",
      "Empty",
    ]],
  ];
  for (const [tests, percent, untested] of cases) {
    deepEqual(estimate(tests), { estimate: percent, untested }, tests);
  }
  deepEqual(estimateCoverage([], { cases: [], shared: new Set() }), { estimate: 0, untested: [] });
});

Deno.test("estimateCoverage() counts the methods of a script's classes", () => {
  const code = "export class Cart { add(x) {}\n total() { return 0 } }";
  const tests = findScriptTests('it("adds", () => { new Cart().add(1) })');
  deepEqual(estimateCoverage(scriptUnits(code), tests), {
    estimate: 66,
    untested: ["Cart.total"],
  });
});
