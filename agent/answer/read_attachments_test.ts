import assert from "node:assert/strict";
import fc from "fast-check";
import { ToolError } from "../../config/tool_error.ts";
import { readAttachments } from "./read_attachments.ts";
import { findMentions } from "../understand/find_mentions.ts";

const FILES = ["src/app.py", "a b.md", "Makefile", "odd.", "src/x(1).py", "big.txt"];
const world = { exists: (path: string) => FILES.includes(path), servers: ["github", "my-server"] };

const MENTIONS: [message: string, names: string[]][] = [
  ["review @src/app.py", ["src/app.py"]],
  ["review @src/app.py.", ["src/app.py"]],
  ["is (@src/app.py) fine?", ["src/app.py"]],
  ["@Makefile, @src/app.py", ["Makefile", "src/app.py"]],
  ['compare @"a b.md" and @"no such file"', ["a b.md", "no such file"]],
  ["@odd. and @src/x(1).py", ["odd.", "src/x(1).py"]],
  ["@src/app.py @src/app.py", ["src/app.py"]],
  ["see @github:repo://a/b?x=1.", ["github:repo://a/b?x=1"]],
  ['see @"my-server:file:///a b"', ["my-server:file:///a b"]],
  ["fix @src/gone.py please", ["src/gone.py"]],
  ["mail ada@example.py or ada@src/app.py", []],
  ["use @dataclass and @app.get and @types/node", []],
  ["@unknown:uri", []],
  ["@github:", []],
  ["@ alone, @@src/app.py", []],
  ["`@src/app.py` and ``x ` @Makefile``", []],
  ["```python\n@Makefile\nx\n```\n@src/app.py", ["src/app.py"]],
  ["~~~\n@Makefile\n```\n@Makefile", []],
  ["```\n@Makefile", []],
  ["one ` tick @Makefile", ["Makefile"]],
];

for (const [message, names] of MENTIONS) {
  Deno.test(`findMentions() in ${JSON.stringify(message)}`, () => {
    assert.deepEqual(findMentions(message, world).map(({ name }) => name), names);
  });
}

Deno.test("findMentions() finds any file that is quoted, whatever stands around it", () => {
  const name = fc.string({ minLength: 1, maxLength: 40 }).filter((name) => !/["\n`~]/.test(name));
  const around = fc.string({ maxLength: 40 }).filter((text) => !/["\n`~@]/.test(text));
  fc.assert(fc.property(name, around, around, (name, before, after) => {
    const found = findMentions(`${before} @"${name}" ${after}`, world);
    assert.deepEqual(found.map((one) => one.name), [name]);
  }));
});

Deno.test("findMentions() takes no longer for hostile messages", () => {
  const start = performance.now();
  for (const text of ["@", "`", "@a", "@x.)", '@"', "```\n", "``` `` ` "]) {
    findMentions(text.repeat(20_000), world);
  }
  assert.ok(performance.now() - start < 5_000);
});

const TEXTS: Record<string, string> = {
  "src/app.py": "x = 1\n",
  Makefile: "all:\n",
  "big.txt": "line\n".repeat(100_000),
};

const reader = {
  exists: world.exists,
  readText: (path: string) =>
    path in TEXTS
      ? Promise.resolve(TEXTS[path]!)
      : Promise.reject(new ToolError(`Cannot read "${path}": no such file`)),
  readResource: (name: string) => Promise.resolve(`content of ${name}`),
};

Deno.test("readAttachments() reads the session's files and what the message names, each once", async () => {
  const { attachments, notices } = await readAttachments({
    input: "look at @src/app.py, @github:a and @src/gone.py",
    files: ["Makefile", "src/app.py", "removed.py"],
    reader,
    servers: world.servers,
  });
  assert.deepEqual(attachments, [
    { name: "Makefile", text: "all:\n" },
    { name: "src/app.py", text: "x = 1\n" },
    { name: "github:a", text: "content of github:a" },
  ]);
  assert.deepEqual(notices, [
    'Cannot read "removed.py": no such file',
    'Cannot read "src/gone.py": no such file',
  ]);
});

Deno.test("readAttachments() takes no more than 256 KiB of a file, and 20 files", async () => {
  const files = Array.from({ length: 30 }, (_, i) => `${i}.py`);
  const many = await readAttachments({
    input: "@big.txt",
    files: ["big.txt", ...files],
    reader: { ...reader, readText: (path) => Promise.resolve(TEXTS[path] ?? "x") },
    servers: [],
  });
  assert.equal(many.attachments.length, 20);
  assert.ok(many.attachments[0]!.text.length <= 256 * 1024);
  assert.match(many.attachments[0]!.text, /line\n$/);
  assert.deepEqual(many.notices, [
    "only the first 256 KiB of big.txt are attached",
    "more than 20 files: left out " + files.slice(19).join(", "),
  ]);
});
