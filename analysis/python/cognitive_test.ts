import assert from "node:assert/strict";
import { measureComplexity } from "../complexity.ts";
import { parser } from "../syntax/parser_fixture.ts";

interface Case {
  name: string;
  cognitive: number;
  source: string;
}

/** The examples of SonarSource's paper "Cognitive Complexity", said in Python. The first function is measured. */
const PAPER: Case[] = [
  {
    name: "sumOfPrimes, with Python's else for the labelled continue",
    cognitive: 7,
    source: `
def sum_of_primes(limit):
    total = 0
    for candidate in range(2, limit + 1):   # +1
        for divisor in range(2, candidate): # +2
            if candidate % divisor == 0:    # +3
                break
        else:                               # +1
            total += candidate
    return total
`,
  },
  {
    name: "getWords",
    cognitive: 1,
    source: `
def get_words(number):
    match number: # +1
        case 1:
            return "one"
        case 2:
            return "a couple"
        case _:
            return "lots"
`,
  },
  {
    name: "myMethod with try",
    cognitive: 9,
    source: `
def my_method():
    try:
        if condition1:               # +1
            for i in range(10):      # +2
                while condition2:    # +3
                    pass
    except (TypeError, ValueError):  # +1
        if condition2:               # +2
            pass
`,
  },
  {
    name: "myMethod2 with a lambda",
    cognitive: 2,
    source: `
def my_method2():
    run = lambda: first() if condition1 else second() # +2, the lambda nests
`,
  },
  {
    name: "runs of like boolean operators",
    cognitive: 4,
    source: `
def boolean():
    if a and b and c or d or e and f: # +1 and +1 for each of three runs
        pass
`,
  },
  {
    name: "not begins a run of its own",
    cognitive: 3,
    source: `
def boolean():
    if a and not (b and c): # +1, +1, +1
        pass
`,
  },
  {
    name: "overriddenSymbolFrom",
    cognitive: 19,
    source: `
def overridden_symbol_from(self, class_type):
    if class_type.is_unknown:                                 # +1
        return UNKNOWN
    unknown_found = False
    for symbol in class_type.members.lookup(self.name):       # +1
        if symbol.is_method and not symbol.is_static:         # +2 +1
            if self.can_override(symbol):                     # +3
                overriding = check_parameters(symbol, class_type)
                if overriding is None:                        # +4
                    if not unknown_found:                     # +5
                        unknown_found = True
                elif overriding:                              # +1
                    return symbol
    if unknown_found:                                         # +1
        return UNKNOWN
    return None
`,
  },
  {
    name: "addVersion",
    cognitive: 35,
    source: `
def add_version(self, entry, transaction):
    index = self.store.transaction_index
    while True:                                                   # +1
        try:
            with self.lock:
                if self.first is not None:                        # +2
                    if self.first.version > entry.version:        # +3
                        raise Rollback
                    if transaction.is_active:                     # +3
                        for older in self.first.chain():          # +4
                            depends = index.dependency(older.version, transaction)
                            if depends == TIMED_OUT:              # +5
                                raise Retry(older.version)
                            if depends != 0 and depends != ABORTED: # +5 +1
                                raise Rollback
                entry.previous = self.first
                self.first = entry
                break
        except Retry as retry:                                    # +2
            try:
                depends = index.dependency(retry.version, transaction)
                if depends != 0 and depends != ABORTED:           # +3 +1
                    raise Rollback
            except InterruptedError as error:                     # +3
                raise StoreInterrupted from error
        except InterruptedError as error:                         # +2
            raise StoreInterrupted from error
`,
  },
  {
    name: "toRegexp",
    cognitive: 20,
    source: `
def to_regexp(pattern, separator):
    escaped = "\\\\" + separator
    parts = ["^"]
    i = 1 if pattern.startswith("/") or pattern.startswith("\\\\") else 0 # +1 +1
    while i < len(pattern):                                         # +1
        char = pattern[i]
        if char in SPECIAL:                                         # +2
            parts.append("\\\\" + char)
        elif char == "*":                                           # +1
            if i + 1 < len(pattern) and pattern[i + 1] == "*":      # +3 +1
                if i + 2 < len(pattern) and is_slash(pattern[i + 2]): # +4 +1
                    parts.append("(?:.*" + escaped + "|)")
                    i += 2
                else:                                               # +1
                    parts.append(".*")
                    i += 1
            else:                                                   # +1
                parts.append("[^" + escaped + "]*?")
        elif char == "?":                                           # +1
            parts.append("[^" + escaped + "]")
        elif is_slash(char):                                        # +1
            parts.append(escaped)
        else:                                                       # +1
            parts.append(char)
        i += 1
    parts.append("$")
    return "".join(parts)
`,
  },
];

const RULES: Case[] = [
  { name: "nothing", cognitive: 0, source: "def f(): return a + b < c" },
  {
    name: "elif and else do not nest",
    cognitive: 3,
    source: "def f():\n if a: b\n elif c: d\n else: e",
  },
  {
    name: "else of loops and try",
    cognitive: 6,
    source:
      "def f():\n for a in b: c\n else: d\n while e: f\n else: g\n try: h\n except i: j\n else: k\n finally: l",
  },
  {
    name: "with, try and finally do not nest",
    cognitive: 2,
    source: "def f():\n with a:\n  try:\n   if b: c\n  finally:\n   if d: e",
  },
  {
    name: "an except* handler is a handler",
    cognitive: 1,
    source: "def f():\n try: a\n except* b: c",
  },
  {
    name: "a ternary nests",
    cognitive: 6,
    source: "def f(): return a if b else (c if d else (e if f else g))",
  },
  {
    name: "a comprehension costs nothing",
    cognitive: 0,
    source: "def f(): return [a for b in c if d for e in b]",
  },
  { name: "parentheses begin a run", cognitive: 2, source: "def f(): return (a and b) and c" },
  {
    name: "a run goes on behind another",
    cognitive: 3,
    source: "def f(): return a or b and c or d",
  },
  { name: "match nests", cognitive: 3, source: "def f():\n match a:\n  case b:\n   if c: d" },
  {
    name: "a guard costs its operators",
    cognitive: 2,
    source: "def f():\n match a:\n  case b if c and d: e",
  },
  { name: "recursion, once", cognitive: 1, source: "def f(a): return f(a - 1) + f(a - 2)" },
  {
    name: "a call of another's method is no recursion",
    cognitive: 0,
    source: "def f(a): return a.f()",
  },
  {
    name: "a nested function nests",
    cognitive: 3,
    source: "def f():\n a\n def g():\n  if b: c\n  d = e or g",
  },
  {
    name: "a nested function in a block nests twice",
    cognitive: 4,
    source: "def f():\n if a:\n  def g():\n   if b: c",
  },
  {
    name: "a decorator does not nest",
    cognitive: 1,
    source: "def f(a):\n def g():\n  if b: c\n return g",
  },
  {
    name: "what does more than define is no decorator",
    cognitive: 2,
    source: "def f(a):\n def g():\n  if b: c\n return g()",
  },
  {
    name: "a class starts again",
    cognitive: 2,
    source: "def f():\n if a:\n  class B:\n   def g(self):\n    if b: c",
  },
];

for (const { name, cognitive, source } of [...PAPER, ...RULES]) {
  Deno.test(`cognitiveByScope() counts ${cognitive}: ${name}`, () => {
    const report = measureComplexity(parser.parse(source));
    assert.deepEqual(report.notMeasured, []);
    assert.equal(report.functions[0]!.cognitive, cognitive);
    assert.equal(report.cognitive, cognitive);
  });
}

Deno.test("cognitiveByScope() knows a method that calls itself", () => {
  const source = `
class A:
    def a(self): return self.a()
    def b(this): return this.b() or self.b()
    def c(self): return A.c(self)
    def d(self): return d()
    def e(self): return super().e() + self.x.e()
    @classmethod
    def f(cls: type): return cls.f
    @classmethod
    def g(cls: type): return lambda: cls.g()
`;
  const { functions } = measureComplexity(parser.parse(source));
  assert.deepEqual(
    functions.map(({ name, cognitive }) => [name, cognitive]),
    [["A.a", 1], ["A.b", 2], ["A.c", 1], ["A.d", 0], ["A.e", 0], ["A.f", 0], ["A.g", 1]],
  );
});

Deno.test("cognitiveByScope() sums the module; a nested function's own number starts at 0", () => {
  const source =
    "if a: b\ndef f():\n if a:\n  def g():\n   if b: c\nclass A:\n x = a or b\n def m(self):\n  while a: b";
  const { cognitive, functions } = measureComplexity(parser.parse(source));
  assert.deepEqual(functions.map((f) => [f.name, f.cognitive]), [["f", 4], ["f.g", 1], ["A.m", 1]]);
  assert.equal(cognitive, 1 + 4 + 1 + 1);
});
