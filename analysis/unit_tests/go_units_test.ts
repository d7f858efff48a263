import { deepEqual } from "node:assert/strict";
import { goUnits } from "./go_units.ts";

Deno.test("goUnits() finds exported functions and methods, or all", () => {
  const cases: [string, string[]][] = [
    ["func Total(a int) int {}\nfunc (c *Cart) Add() {}\nfunc small() {}", ["Total", "Cart.Add"]],
    ["func small() {}\nfunc main() {}\nvar f = func() {}", ["small"]],
    ["func Map[T any](x T) {}", ["Map"]],
    ["func (Cart) A() {}\nfunc (l *List[T]) A() {}\nfunc (c *Cart) init() {}", [
      "Cart.A",
      "List.A",
    ]],
    ["package x", []],
  ];
  for (const [code, names] of cases) deepEqual(goUnits(code).map(({ name }) => name), names);
});

Deno.test("goUnits() are called by their own names", () => {
  deepEqual(goUnits("func (c *Cart) Add() {}"), [{
    name: "Cart.Add",
    calledAs: ["Add"],
    paths: 1,
  }]);
});
