/** A small Python module, and what it is there to show. */
export interface Snippet {
  name: string;
  source: string;
}

/** One for each thing radon counts, and for each place where a syntax tree and Python's own AST disagree. */
export const SNIPPETS: Snippet[] = [
  { name: "nothing", source: "" },
  { name: "blank lines", source: "\n\n   \n\t\n" },
  { name: "docstring alone", source: '"""About."""\n' },
  { name: "docstring over lines", source: '"""About.\n\nMore,\n\n    and more.\n"""\n' },
  { name: "no final newline", source: "x = 1" },
  { name: "Windows line ends", source: "if a:\r\n    b = '''1\r\n2'''\r\nelse:\r\n    b = 3\r\n" },
  { name: "comments", source: "# one\nx = 1  # two\n\n    # three\ny = (1,  # four\n     2)\n" },
  {
    name: "if, elif, else",
    source: "if a:\n    b\nelif c:\n    d\nelif e:\n    f\nelse:\n    g\n",
  },
  { name: "one-line suites", source: "if a: b\nelse: c\nwhile x: y; z\nfor i in r: pass\n" },
  {
    name: "loops with else",
    source: "for i in r:\n    break\nelse:\n    a\nwhile w:\n    continue\nelse:\n    b\n",
  },
  {
    name: "try with all clauses",
    source:
      "try:\n    a()\nexcept (B, C) as e:\n    d(e)\nexcept D:\n    pass\nelse:\n    e()\nfinally:\n    f()\n",
  },
  { name: "try and finally", source: "try:\n    a()\nfinally:\n    b()\n" },
  {
    name: "except star",
    source: "try:\n    a()\nexcept* B:\n    if c:\n        d\nexcept *E:\n    pass\nelse:\n    f\n",
  },
  { name: "ternaries", source: "x = a if b else c if d else e\ny = (a if b else c) + 1\n" },
  { name: "boolean runs", source: "x = a and b and c or d or not e and f\ny = (a or b) or c\n" },
  { name: "boolean in parentheses", source: "x = a and (b and (c or d)) and e\n" },
  {
    name: "comprehensions",
    source:
      "a = [x for x in y if x if z]\nb = {x: y for x in a for y in x if x or y}\nc = {x for x in a}\nd = sum(x for x in a if x)\n",
  },
  { name: "assert", source: "assert a and b, c if d else e\nassert all(x for x in y if x > 1)\n" },
  {
    name: "match with wildcard",
    source:
      "match x:\n    case 1 | 2:\n        a\n    case [y, *_] if y > 2:\n        b\n    case {'k': v, **rest}:\n        c\n    case _:\n        d\n",
  },
  {
    name: "match with capture",
    source: "match x:\n    case A(b=1):\n        a\n    case other:\n        b\n",
  },
  {
    name: "match without wildcard",
    source:
      "match x, y:\n    case (a, b):\n        a\n    case (c,):\n        b\n    case d, :\n        c\n    case e.f:\n        d\n    case (g as h):\n        e\n    case None | True | 'x' 'y':\n        f\n",
  },
  {
    name: "match with wildcard in parentheses",
    source: "match x:\n    case 1:\n        a\n    case ((_)):\n        b\n",
  },
  {
    name: "match with guarded wildcard",
    source: "match x:\n    case _ if y and z:\n        a\n    case -1:\n        b\n",
  },
  {
    name: "match with numbers",
    source:
      "match x:\n    case -1 | -2.5:\n        a\n    case 1 + 2j:\n        b\n    case -1 - 2j:\n        c\n    case A(b=-3):\n        d\n",
  },
  {
    name: "soft keywords as names",
    source:
      "match = type = case = 1\nmatch(x)\nmatch[x] = type - case\nprint(match if type else case)\n_ = match and type\n",
  },
  {
    name: "functions",
    source: "def f(a, b=1 if x else 2):\n    return a\n\n\ndef g():\n    pass\n",
  },
  {
    name: "closures",
    source:
      "def f():\n    if a:\n        def g():\n            if b:\n                return c and d\n        return g\n    return None\n",
  },
  {
    name: "decorators are not visited",
    source:
      "@a(b if c else d)\n@e\ndef f():\n    return 1 + 2\n\n\n@g(h or i)\nclass J(k or l): pass\n",
  },
  {
    name: "lambdas",
    source: "f = lambda x, y=a or b: x if y else lambda: z and w\ng = map(lambda x: x + 1, [])\n",
  },
  {
    name: "class",
    source:
      "class A(B, metaclass=C):\n    x = 1 if y else 2\n\n    def f(self):\n        for i in j:\n            pass\n\n    def g(self):\n        return a or b\n\n    if z:\n        def h(self): pass\n",
  },
  {
    name: "inner classes",
    source:
      "class A:\n    class B:\n        def f(self):\n            if a: pass\n        class C:\n            if b: pass\n    def g(self):\n        class D:\n            def h(self):\n                return x or y\n        return D\n",
  },
  {
    name: "class in a function",
    source:
      "def f():\n    class A:\n        def g(self):\n            while a: pass\n    return A\n\nif x:\n    class B:\n        pass\nelse:\n    def h(): pass\n",
  },
  {
    name: "async",
    source:
      "async def f():\n    async for a in b:\n        await c\n    else:\n        pass\n    async with d as e, g:\n        return [x async for x in y if await z]\n",
  },
  {
    name: "with",
    source: "with a as b, c if d else e as f:\n    pass\nwith (g as h, i):\n    pass\n",
  },
  { name: "walrus", source: "while (line := read()) and line != b'':\n    print(n := 1)\n" },
  {
    name: "operators",
    source:
      "a + b - c * d / e // f % g ** h @ i\nj << k >> l & m | n ^ ~o\n+p, -q, not r\na += 1; b -= 2; c *= 3; d /= 4; e //= 5; f %= 6\ng **= 7; h @= 8; i <<= 9; j >>= 10; k &= 11; l |= 12; m ^= 13\n",
  },
  {
    name: "comparisons",
    source:
      "a < b <= c == d != e >= f > g\nh in i, j not in k, l is m, n is not o\np is not q is r\n",
  },
  {
    name: "powers and signs",
    source: "-a ** -b\nawait_ = 2 ** 3 ** 4\nnot a == b\n-1 + +2 - ~3\n",
  },
  {
    name: "equal operands",
    source:
      "x + 'x'\nx.y - y\n1 * 1.0\nTrue / 0x1\n1_0 % 10\n0j - 0\nFalse | 0b0\nNone is None\n... == ...\n",
  },
  {
    name: "equal strings",
    source: String
      .raw`'a' + "a" + 'b' 'c' + 'bc' + """bc""" + r'\n' + '\\n' + '\x61' + '\141' + '\u0061'` +
      "\n" + String.raw`b'a' + b"\x61" + rb'\x61' + u'a' + B'''a'''` + "\n",
  },
  {
    name: "large numbers",
    source:
      "9007199254740993 + 9007199254740993.0\n1e400 + 1e999\n1e22 + 10000000000000000000000\n2j + 2.0J + 3J\n",
  },
  {
    name: "operands that equal no other",
    source: "f() + f()\na[0] - a[0]\n(x, y) + (x, y)\n[] + []\n",
  },
  {
    name: "operands in parentheses",
    source: "((a)) + (a)\n(not (b)) or (b)\n(c := 1) + (yield_)\n",
  },
  {
    name: "operands of functions with one name",
    source:
      "class A:\n    def f(self): return a + b\n\n\nclass B:\n    c = a + b\n    def f(self): return a + b\n\n\ndef g():\n    return a + b\n    def f(): return a + c\n",
  },
  {
    name: "annotations",
    source:
      "x: int | None = a or b\ny: 'A | B'\nz: dict[str, list[int | str] | None] = {}\n\n\ndef f(a: int | str = 1 + 2) -> A | B:\n    b: C | D.E = a\n",
  },
  {
    name: "f-strings",
    source:
      "f'{a if b else c} {d!r:>{e + 1}} {{f}}' + f'{g}'\nrf'{h or i}' 'x{y and z}' f\"{j['k']:{l}.{m}}\"\nf'''{\n  n + o}'''\n'{p if q else r}' % s\n",
  },
  {
    name: "print and redirection",
    source: "print >> f, x\nprint(a) if b else c\nprint(*d, sep='' or e)\n",
  },
  {
    name: "star expressions",
    source: "f(*a or b, **c or d)\n*e, g = h\n[*i, *j]\n{**k, 'l': m or n}\n",
  },
  {
    name: "yield and await",
    source:
      "def f():\n    x = yield a or b\n    y = yield from c if d else e\n    return (yield) + 1\n",
  },
  {
    name: "del, global, raise",
    source: "def f():\n    global a\n    del b[c or d]\n    raise E from g if h else i\n",
  },
  { name: "slices", source: "a[1:2]\na[b or c:d if e else f:g]\na[:, ::2] = b[-1]\n" },
  {
    name: "imports",
    source:
      "from __future__ import annotations\nimport a.b as c, d\nfrom . import (e,\n    f)\nfrom .g import *\n",
  },
  {
    name: "semicolons",
    source:
      "a = 1; b = 2;\nif c: d = 1; e = 2\nx = {1: 2}; y = z[1:]; pass\nclass A: pass; b = 1\n",
  },
  {
    name: "colons at the end",
    source: "if a: # why\n    pass\ntry: b\nfinally: c\nx = lambda: 0\nd: int\n",
  },
  {
    name: "backslashes",
    source:
      "x = 1 + \\\n    2\nif a and \\\n   b:\n    c = 'd\\\ne'\n    assert x, \\\n        y\n",
  },
  { name: "backslash and blank line", source: "x = 1 \\\n\ny = 2\n" },
  {
    name: "strings over lines",
    source:
      "x = '''a\n\n# not a comment\n  b\\'''c'''\ny = (\"\"\"d\n\"\"\"\n\n     'e')\nz = r'\\\\' + r\"\\\"\"\n'''f''' # with comment\n",
  },
  {
    name: "brackets over lines",
    source: "f(a,\n\n  # why\n  b)\nx = {\n  'a': [1,\n        2],\n}\n\n\n",
  },
  { name: "string statements", source: "'a'\n'b'; 'c'\n'd' 'e'\n'''f\ng''' 'h'\nb'i'\nf'j'\n" },
  { name: "form feed and vertical tab", source: "a = 1\n\f\nb = 2\n\x0b\nc = '''d\x0ce'''\n" },
  { name: "control characters that end lines", source: "a = '''b\x1cc\u2028d\x85e'''\n# f\n" },
  { name: "a line end inside a string", source: "a = 'b\u2028c'\n" },
  { name: "names beyond ASCII", source: "größe = ñ + 变量 * 𝐱\nµ = μ + µ\n" },
  { name: "a combining mark in a name", source: "x = क्ष + 1\n" },
  {
    name: "numbers",
    source:
      "a = .5 + 5. + 1e5 + 1_000j + 0xFF + 0o17 + 0b1 + 00\nb = 1if a else 2\nc = 1..real + 1.e3j\n",
  },
  { name: "ellipsis and arrows", source: "def f() -> ...: ...\nx[...] = a@b\n" },
  { name: "type alias as a name", source: "type = 1\ntype (x)\nprint(type, exec)\nexec('a')\n" },
  { name: "syntax error", source: "def f():\n    if a:\n        return b\n\ndef g(:\n    pass\n" },
  { name: "a string without an end", source: "x = 'abc\ny = 2\n" },
  { name: "a bracket without an end", source: "x = (1,\ny = 2\n" },
];
