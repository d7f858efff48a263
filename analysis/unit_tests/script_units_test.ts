import { deepEqual, ok } from "node:assert/strict";
import fc from "fast-check";
import { scriptUnits } from "./script_units.ts";

Deno.test("scriptUnits() finds what is exported", () => {
  const cases: [string, string[]][] = [
    ["export function a() {}\nexport async function* b() {}\nfunction c() {}", ["a", "b"]],
    ["export default class Cart extends X {}\nexport const d = () => 1;", ["Cart", "d"]],
    ["export type T = 1; export interface I {}\nexport { e, f as g, type H } from './x'", [
      "e",
      "g",
    ]],
    ["module.exports = { h, i: j };\nexports.k = 1;", ["h", "i", "k"]],
    ["function l() {}\nclass M {}\nconst n = function () {}", ["l", "M"]],
    ["export default function () {}", []],
    ["1 + 1", []],
  ];
  for (const [code, names] of cases) deepEqual(scriptUnits(code).map(({ name }) => name), names);
});

Deno.test("scriptUnits() finds the public methods of classes", () => {
  const cases: [string, string[]][] = [
    ["{ constructor(a) {} add(x) { if (x) { y(); } } total() {} }", ["add", "total"]],
    ["{ private a() {} protected async b() {} #c() {} _d() {} public e() {} }", ["e"]],
    ["{ static of(): Cart { return new Cart(); } get size(): number { return 1 } }", [
      "of",
      "size",
    ]],
    ["{ async *items() {} map<T, U>(f: (x: T) => U): U[] { return [] } }", ["items", "map"]],
    ["{ add(x: number): void;\n add(x: any) {} abstract more(): void; }", ["add"]],
    ["{ a = (x) => { f(x) };\n b = async x => 1\n c = function () {}; d = (): A => 1 }", [
      ..."abcd",
    ]],
    ["{ a = f(x)\n b = new Map<string, () => void>()\n c: number = 1; d() {} }", ["d"]],
    ["{ x = 1\n add() {}\n private y = 2\n total() {} }", ["add", "total"]],
    ["{ @Input() name: string; @Log() add() {} static { boot() } }", ["add"]],
    ["<T extends { a: 1 }> extends Base<T> { add() {} }", ["add"]],
    [" extends mix({ a() {} }) implements I { add(): { a: 1 } { return { a: 1 } } }", ["add"]],
    ["{", []],
  ];
  for (const [body, methods] of cases) {
    deepEqual(
      scriptUnits(`export class Cart${body}`).slice(1),
      methods.map((own) => ({ name: `Cart.${own}`, calledAs: [own], paths: 1 })),
      body,
    );
  }
  const names = (code: string) => scriptUnits(code).map(({ name }) => name);
  deepEqual(names("class A { b() {} }\nexport { A }"), ["A", "A.b"]);
  deepEqual(names("class Hidden { a() {} }\nexport const b = 1"), ["b"]);
});

Deno.test("scriptUnits() takes whatever comes, in little time", () => {
  const piece = fc.constantFrom(
    "class A",
    "{",
    "}",
    "(",
    ")",
    "<",
    ">",
    "=",
    ":",
    "x",
    ";",
    "export ",
  );
  fc.assert(fc.property(fc.array(piece), (pieces) => {
    ok(scriptUnits(pieces.join(" ")).every(({ name }) => name !== ""));
  }));
  const started = performance.now();
  for (
    const piece of [
      "class A ",
      "class A {} ",
      "class A { x(){} y = (): a ",
      "class A { x( ",
      "class A { x<",
      "class A { x(): ",
      "class A<",
    ]
  ) {
    scriptUnits(piece.repeat(200_000 / piece.length));
  }
  ok(performance.now() - started < 2_000);
});
