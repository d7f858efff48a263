import { deepEqual } from "node:assert/strict";
import { findGoTests } from "./go_tests.ts";

Deno.test("findGoTests() finds functions and counts their subtests", () => {
  const code = `package cart

import "testing"

// func TestComment(t *testing.T) {}
func make() Cart { return Cart{} }
func Testing(t *testing.T) {}
func (s *Suite) TestMethod() {}
func TestTotal(t *testing.T) {
	if got := Total([]int{1}); got != 1 { t.Errorf("got %d", got) }
}
func TestTable(t *testing.T) {
	for _, tt := range tests { t.Run(tt.name, func(t *testing.T) { Total(tt.in) }) }
}
func TestSubtests(t *testing.T) {
	t.Run("a", func(t *testing.T) {})
	t.Run("b", func(t *testing.T) {})
}
`;
  const { cases, shared } = findGoTests(code);
  deepEqual(cases.map(({ name, line, variants }) => [name, line, variants]), [
    ["TestTotal", 9, 1],
    ["TestTable", 12, null],
    ["TestSubtests", 15, 2],
  ]);
  deepEqual(cases[0]!.names.has("Total"), true);
  deepEqual([shared.has("Cart"), shared.has("Total")], [true, false]);
  deepEqual(findGoTests("func TestX(").cases, []);
});
