import assert from "node:assert/strict";
import type { LanguageId } from "../languages.ts";
import { loadMeter } from "./meter_fixture.ts";

/** What a function amounts to: name, line, cyclomatic, cognitive, nesting, parameters. */
type Figures = [string, number, number, number, number, number];

const CASES: [LanguageId, what: string, source: string, Figures[]][] = [
  [
    "javascript",
    "all that decides",
    `function f(a, b = 1, ...c) {
  if (a && b || c) {} else if (a) {} else {}
  for (const x of a) { while (b) { do {} while (c); } }
  switch (a) { case 1: case 2: break; default: }
  try {} catch (e) {}
  return a ? b : c ?? a;
}
`,
    [["f", 1, 14, 14, 3, 3]],
  ],
  [
    "javascript",
    "functions in functions; what holds others only costs nothing",
    `const outer = () => { function inner(x) { if (x) {} } };
class A { #p() {} get q() { return 1 } static s = (a) => { if (a) { [].map(b => b ? 1 : 2) } } }
`,
    [
      ["outer", 1, 1, 0, 0, 0],
      ["outer.inner", 1, 2, 1, 1, 1],
      ["A.#p", 2, 1, 0, 0, 0],
      ["A.q", 2, 1, 0, 0, 0],
      ["A.s", 2, 2, 4, 1, 1],
      ["A.s.(anonymous)", 2, 2, 1, 0, 1],
    ],
  ],
  [
    "typescript",
    "methods, defaults and overloads",
    `abstract class A<T> {
  constructor(private a: number, b?: string, c = 2) { super(); }
  abstract m(): void;
  over(a: string): void;
  over(a: unknown) { outer: for (;;) { for (;;) { continue outer; } } }
}
`,
    [["A.constructor", 2, 2, 0, 0, 3], ["A.over", 5, 3, 4, 2, 1]],
  ],
  [
    "tsx",
    "components",
    `const C: FC<P> = ({ a = 1, b }) => <div onClick={() => a && b}>{a ? <B /> : null}</div>;
`,
    [["C", 1, 3, 2, 0, 1], ["C.(anonymous)", 1, 2, 1, 0, 0]],
  ],
  [
    "tsx",
    "names: what a function is assigned to, given to or exported as",
    `export default function () {}
const A = memo(forwardRef<T, P>((props, ref) => null));
const onPress = useCallback(async () => {}, []);
const rows = items.map((item) => item);
const later = setup(1, () => {});
const B = React.memo(function Inner() {});
const object = { 'key': () => {}, "a b": function () {}, method() {}, get size() { return 1; } };
const { render = () => null } = props;
exports.run = (() => {}) satisfies Run;
class C { handle = () => {}; static #count = function () {}; }
`,
    [
      ["default", 1, 1, 0, 0, 0],
      ["A", 2, 1, 0, 0, 2],
      ["onPress", 3, 1, 0, 0, 0],
      ["(anonymous)", 4, 1, 0, 0, 1],
      ["(anonymous)", 5, 1, 0, 0, 0],
      ["Inner", 6, 1, 0, 0, 0],
      ["key", 7, 1, 0, 0, 0],
      ['"a b"', 7, 1, 0, 0, 0],
      ["method", 7, 1, 0, 0, 0],
      ["size", 7, 1, 0, 0, 0],
      ["render", 8, 1, 0, 0, 0],
      ["exports.run", 9, 1, 0, 0, 0],
      ["C.handle", 10, 1, 0, 0, 0],
      ["C.#count", 10, 1, 0, 0, 0],
    ],
  ],
  [
    "go",
    "receivers, several names, switches",
    `package p
func (s *Stack[T]) Push(a, b int, c ...string) (int, error) {
	if x := a; x > 0 { return 1, nil } else if b > 0 { } else { }
	switch { case a > 1, b > 2: default: }
	select { case <-ch: }
	for i := range c { go func() { goto end }() }
	return s.Push(1, 2)
}
`,
    [["Stack.Push", 2, 6, 7, 1, 3], ["Stack.Push.(anonymous)", 6, 1, 1, 0, 0]],
  ],
  [
    "rust",
    "matches, closures and question marks",
    `impl<T> Stack<T> where T: Ord {
  fn push(&mut self, a: u8) -> Result<(), E> where T: Eq {
    match a { 1 | 2 => (), 3 if a > 1 => (), _ => () }
    let x = read()?;
    if let Some(y) = x && y { } else { loop { break 'a; } }
    (|b| if b { 1 } else { 2 })(true);
    Ok(())
  }
}
`,
    [["Stack::push", 2, 9, 10, 2, 2]],
  ],
  [
    "rust",
    "macros that hold functions, let else",
    `cfg_test! {
  cfg_more! { fn a(b: u8) { if b > 1 {} } }
}
fn c() { let Some(d) = e else { return; }; f! { not rust fn g() {} } }
macro_rules! m { ($a:ident) => { fn $a() {} fn h(b: $a) {} }; (b) => { fn i() } }
`,
    [["a", 2, 2, 1, 1, 1], ["c", 4, 2, 0, 0, 0], ["$a", 5, 1, 0, 0, 0], ["h", 5, 1, 0, 0, 1]],
  ],
  [
    "java",
    "classes, lambdas, switches",
    `class A { A(int a) {} abstract void none();
  int m(String... s) {
    try { synchronized (s) { for (var x : s) { if (x == null || x.isEmpty()) continue; } } }
    catch (E e) { return switch (1) { case 1, 2 -> 3; default -> 4; }; }
    run(() -> { if (true) {} });
    return m();
  }
  enum B { C { void d() {} } }
}
`,
    [["A.A", 1, 1, 0, 0, 1], ["A.m", 2, 7, 10, 4, 1], ["A.B.d", 8, 1, 0, 0, 0]],
  ],
  [
    "c",
    "declarators and conditional compilation",
    `static int
(*pick(void))(int) { return 0; }
char *f(const char *s, int n[2], ...) {
#ifdef X
  if (s && n) goto out;
#elif Y
#endif
  do { } while (s ? 1 : 0);
out:
  return f(s, n);
}
int declared(int a);
`,
    [["pick", 2, 1, 0, 0, 0], ["f", 3, 7, 6, 1, 2]],
  ],
  [
    "c",
    "what is asked before the program runs",
    `int f(void) {
#if defined(A) && (B || C)
  if (a) b();
#elif D && E
#endif
  return 0;
}
`,
    [["f", 1, 4, 1, 1, 0]],
  ],
  [
    "cpp",
    "qualified names, references to values, lambdas",
    `namespace n { template <class T> struct S { S() = default; ~S() {} operator bool() const { return 1; }
  T&& move(T&& a) && { for (auto& x : a) { if (x and a) {} } return a; } }; }
int n::S::out(int a, int) { try { } catch (...) { [&](int b) { if (b) {} }; } return 0; }
`,
    [
      ["n::S::~S", 1, 1, 0, 0, 0],
      ["n::S::operator bool", 1, 1, 0, 0, 0],
      ["n::S::move", 2, 4, 4, 2, 1],
      ["n::S::out", 3, 3, 4, 2, 2],
    ],
  ],
  [
    "csharp",
    "what is asked before the program runs",
    `class A { void M() {
#if A && !B || C
    x();
#elif D || E
#endif
} }
`,
    [["A.M", 1, 3, 0, 0, 0]],
  ],
  [
    "csharp",
    "members with an arrow, operators, switches",
    `class A { int P => 1; A() {} ~A() {}
  public static A operator +(A a, A b) => a ?? b;
  void M(int? a, params string[] s) {
    foreach (var x in s) if (x == null) continue; else return;
    using (var r = Open()) { lock (r) { a ??= 1; } }
    void Local() { while (true) { } }
  } }
`,
    [
      ["A.A", 1, 1, 0, 0, 0],
      ["A.A", 1, 1, 0, 0, 0],
      ["A.operator +", 2, 2, 0, 0, 2],
      ["A.M", 3, 3, 6, 2, 2],
      ["A.M.Local", 6, 2, 1, 1, 0],
    ],
  ],
  [
    "ruby",
    "modifiers, unless, blocks",
    `class A < B
  def self.make(a, b = 1, *c, &d) = new(a)
  def m
    return if a? and b?
    unless x then 1 else 2 end
    case x when 1 then 2 when 3 then 4 else 5 end
    [1].each { |y| if y then 1 elsif z then 2 else 3 end }
    begin; rescue E => e; ensure; end
  end
end
`,
    [["A.make", 2, 1, 0, 0, 4], ["A.m", 3, 9, 10, 1, 0]],
  ],
  [
    "php",
    "classes, closures, match",
    `<html><?php
class A { function m(?int $a, string ...$b): ?int {
  if ($a): elseif ($b): else: endif;
  foreach ($b as $c) { continue 2; }
  return match (true) { $a and $b => 1, default => array_map(function ($x) { return $x ?: 1; }, $b) };
} }
function g() { return fn($x) => $x ? 1 : 2; } ?>
`,
    [["A::m", 2, 6, 10, 1, 2], ["g", 7, 2, 2, 0, 0]],
  ],
  [
    "shell",
    "tests, cases and loops",
    `greet() {
  if [ -n "$1" ] && true; then echo; elif false; then :; else :; fi
  case "$1" in a|b) ;; *) ;; esac
  for f in *; do while read -r x; do greet "$x"; done; done
}
function other { :; }
`,
    [["greet", 1, 8, 9, 2, 0], ["other", 6, 1, 0, 0, 0]],
  ],
  [
    "kotlin",
    "whens, elvis, bodies that are expressions",
    `class A(val p: Int) { constructor() : this(1) { }
  val q: Int get() = if (p > 0 && p < 9) 1 else 2
  fun m(a: Int = 5, vararg b: String): Int = when (a) { 1 -> 2; in 3..4 -> b?.size ?: 0; else -> 1 }
  companion object { fun n() { try { } catch (e: E) { for (i in 1..2) { run { if (i > 1) { } } } } } }
}
`,
    [
      ["A.constructor", 1, 1, 0, 0, 0],
      ["A.get", 2, 3, 3, 1, 0],
      ["A.m", 3, 4, 1, 1, 2],
      ["A.n", 4, 4, 7, 3, 0],
    ],
  ],
];

Deno.test("measure() of c and cpp: names after what macros say", async () => {
  for (
    const [language, source] of [["c", "void INLINE f(a)\n int a; { }\n"], [
      "cpp",
      "int INLINE f(int a) { }\n",
    ]] as const
  ) {
    const { report } = (await loadMeter(language)).measure(source);
    assert.deepEqual(report.functions.map(({ name }) => name), ["f"]);
  }
});

for (const [language, what, source, expected] of CASES) {
  Deno.test(`measure() of ${language}: ${what}`, async () => {
    const { report, errors } = (await loadMeter(language)).measure(source);
    assert.deepEqual(errors, []);
    assert.deepEqual(report.notMeasured, []);
    assert.deepEqual(
      report.functions.map((f) => [
        f.name,
        f.line,
        f.cyclomatic,
        f.cognitive,
        f.nesting,
        f.parameters,
      ]),
      expected,
    );
  });
}
