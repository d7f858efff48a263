import assert from "node:assert/strict";
import { parser } from "../syntax/parser_fixture.ts";
import { findScopes, Region } from "./scopes.ts";
import { Kind } from "./syntax_kinds.ts";
import { textOf } from "../syntax/syntax_nodes.ts";

const SOURCE = `
@d1
class A(b1, metaclass=b2):
    @d2(lambda: d3)
    def f(p: t1 = v1) -> t2:
        x
        def g(): y
    z
`;

Deno.test("findScopes() names scopes as Python does", () => {
  const { list } = findScopes(parser.parse(SOURCE));
  assert.deepEqual(list.map(({ kind, qualifiedName, parent }) => [kind, qualifiedName, parent]), [
    ["module", "", -1],
    ["class", "A", 0],
    ["function", "A.f", 1],
    ["function", "A.f.g", 2],
  ]);
});

Deno.test("findScopes() knows who evaluates what, and what is a header", () => {
  const tree = parser.parse(SOURCE);
  const { list, owner, region } = findScopes(tree);
  const regions = Object.entries(Region);
  const places = new Map<string, string>();
  for (let node = 0; node < tree.size; node++) {
    if (tree.kind[node] !== Kind.identifier) continue;
    const where = regions.find(([, value]) => value === region[node])![0];
    places.set(textOf(tree, node), `${list[owner[node]!]!.qualifiedName} ${where}`);
  }
  assert.deepEqual(Object.fromEntries(places), {
    d1: " classHeader",
    A: " classHeader",
    b1: " classHeader",
    metaclass: " classHeader",
    b2: " classHeader",
    d2: "A functionHeader",
    d3: "A functionHeader",
    f: "A functionHeader",
    p: "A functionHeader",
    t1: "A functionHeader",
    v1: "A functionHeader",
    t2: "A functionHeader",
    x: "A.f body",
    g: "A.f functionHeader",
    y: "A.f.g body",
    z: "A body",
  });
});
