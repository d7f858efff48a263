import assert from "node:assert/strict";
import fc from "fast-check";
import type { FileTotals } from "../../complexity_tally.ts";
import { layOut } from "./layout.js";
import type { MapNode } from "./map_node.ts";
import { mapTree } from "./map_tree.ts";

function file(path: string, lines: number, highest = 1): FileTotals {
  return {
    path,
    lines,
    highest,
    functions: 2,
    cyclomaticOfFunctions: highest + 1,
    cyclomatic: highest + 1,
    cognitive: 0,
    maintainabilityIndex: null,
    language: "go",
  };
}

/** As text: `name lines(worst) [children]`. */
function outline({ name, lines, worst, children, rest, files }: MapNode): string {
  const label = rest ? `+${files}` : name;
  return `${label} ${lines}(${worst})${children ? ` [${children.map(outline).join(", ")}]` : ""}`;
}

Deno.test("mapTree() sums folders, sorts by lines, and joins folders that hold one", () => {
  const tree = mapTree([file("src/a/b/x.go", 5, 7), file("src/a/b/y.go", 9), file("z.go", 30, 2)]);
  assert.equal(outline(tree), " 44(7) [z.go 30(2), src/a/b 14(7) [y.go 9(1), x.go 5(7)]]");
  assert.equal(outline(mapTree([file("/a/b/x.go", 1), file("/a/b/y.go", 1)])).slice(0, 5), "/a/b ");
  assert.equal(outline(mapTree([file("x.go", 3)])), " 3(1) [x.go 3(1)]");
  assert.equal(outline(mapTree([])), " 0(0) []");
});

Deno.test("mapTree() puts together what is small where there is no room, and loses nothing", () => {
  const files = Array.from({ length: 50 }, (_, i) => file(`a/${i}.go`, 50 - i, i));
  const tree = mapTree([...files, file("b/z.go", 1000), file("b/y.go", 1)], 12);
  const all = nodesOf(tree);
  assert.ok(all.length <= 12);
  const leaves = all.filter(({ children }) => !children);
  assert.equal(leaves.reduce((sum, { lines }) => sum + lines, 0), tree.lines);
  assert.equal(leaves.reduce((sum, one) => sum + one.files, 0), 52);
  assert.equal(Math.max(...leaves.map(({ worst }) => worst)), 49);
  assert.match(outline(tree), /\+42/);
});

Deno.test("mapTree() keeps within its bounds whatever the paths are", () => {
  const part = fc.constantFrom("a", "b", "c", "..", "", "\u202e");
  const path = fc.array(part, { minLength: 1, maxLength: 60 }).map((parts) => parts.join("/"));
  const list = fc.uniqueArray(path, { maxLength: 80 });
  fc.assert(fc.property(list, fc.integer({ min: 2, max: 40 }), (paths, most) => {
    const tree = mapTree(paths.map((one, index) => file(one, index)), most);
    const all = nodesOf(tree);
    assert.ok(all.length <= most);
    assert.equal(tree.files, paths.length);
    assert.ok(all.every(({ name }) => !name.includes("\u202e")));
  }));
});

Deno.test("layOut() lays each after what holds it, and within it", () => {
  const files = Array.from(
    { length: 300 },
    (_, i) => file(`${i % 7}/${i % 3}/${i}.go`, 1 + i % 90),
  );
  for (const [width, height] of [[360, 480], [1500, 640]] as const) {
    const cells = layOut(mapTree(files), { x: 0, y: 0, width, height });
    assert.ok(cells.length > 200);
    const frames = new Map(cells.map(({ node, frame }) => [node, frame]));
    for (const { node, frame } of cells) {
      for (const inner of node.children ?? []) {
        const own = frames.get(inner);
        if (!own) continue;
        assert.ok(own.x >= frame.x && own.y >= frame.y);
        assert.ok(own.x + own.width <= frame.x + frame.width + 1e-6);
        assert.ok(own.y + own.height <= frame.y + frame.height + 1e-6);
      }
    }
  }
});

function nodesOf(node: MapNode): MapNode[] {
  return [node, ...(node.children ?? []).flatMap(nodesOf)];
}
