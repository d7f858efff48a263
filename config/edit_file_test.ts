import { deepEqual, equal, rejects, throws } from "node:assert/strict";
import fc from "fast-check";
import { setConfigValue, withValue } from "./edit_file.ts";
import { inHome } from "./home_fixture.ts";
import { parseConfigFile } from "./parse_file.ts";

const FILE = `# mine

# The models
model:
    timeout_seconds:   60 # a minute

    code: # for code
      # which one
      model: "x"
      endpoints:
      # the big one
      - http://a
      - http://b # and another

    chat:
logging: {level: info} # {odd}
tools: ~
# the end
`;

Deno.test("withValue() sets one key and leaves all other bytes as they are", () => {
  const table: [string, unknown, [from: string | RegExp, to: string]][] = [
    ["model.timeout_seconds", 5, ["60 #", "5 #"]],
    ["model.keep_alive", "1h", ["model:\n", 'model:\n    keep_alive: "1h"\n']],
    ["model.code.model", "y:z", ['"x"', "y:z"]],
    ["code_generation.style", "y: z", ["end\n", 'end\n\ncode_generation:\n  style: "y: z"\n']],
    ["model.code.temperature", null, ["# for code\n", "# for code\n      temperature: null\n"]],
    ["model.code.endpoints", ["b:1", "c"], [
      /endpoints:(\r?\n.*\r?\n).*http:..a\r?\n.*\r?\n/,
      "endpoints: [b:1, c]$1",
    ]],
    ["model.chat.model", "m:7b", ["    chat:\n", "    chat:\n      model: m:7b\n"]],
    ["logging.level", "debug", ["info}", "debug}"]],
    ["tools.enabled", ["a"], ["tools: ~\n", "tools: \n  enabled: [a]\n"]],
    ["code_review.model", "off", ["end\n", 'end\n\ncode_review:\n  model: "off"\n']],
  ];
  for (const [key, value, [from, to]] of table) {
    equal(withValue(FILE, key, value, "f"), FILE.replace(from, to), key);
    const windows = FILE.replaceAll("\n", "\r\n");
    const changed = FILE.replace(from, to).replaceAll("\n", "\r\n");
    equal(withValue(windows, key, value, "f"), changed, `${key} with \\r\\n`);
  }
});

Deno.test("withValue() writes into whatever is there", () => {
  const table: [string, string, unknown, string][] = [
    ["", "performance.jobs", 2, "performance:\n  jobs: 2\n"],
    ["# c", "performance.jobs", 2, "# c\n\nperformance:\n  jobs: 2\n"],
    ["---\n", "performance.jobs", 2, "---\n\nperformance:\n  jobs: 2\n"],
    ["{}", "model.code.model", "m", "{model: {code: {model: m}}}"],
    ["model: {code: {}}", "model.code.model", "m", "model: {code: {model: m}}"],
    [
      "model: {code: {kind: auto}}",
      "model.code.model",
      "m",
      "model: {code: {model: m, kind: auto}}",
    ],
    ["model:", "model.code.model", "m", "model:\n  code:\n    model: m\n"],
    ["model:\n  keep_alive: 1h", "model.keep_alive", "2h", 'model:\n  keep_alive: "2h"'],
    [
      "model: {code: {temperature: }}",
      "model.code.temperature",
      1,
      "model: {code: {temperature: 1 }}",
    ],
  ];
  for (const [text, key, value, changed] of table) {
    equal(withValue(text, key, value, "f"), changed, text);
  }
});

Deno.test("withValue() refuses what it cannot do right", () => {
  const table: [string, string, unknown, string][] = [
    [
      "",
      "model.cod.model",
      "x",
      'Cannot use "model.cod.model": no such key; did you mean "model.code.model"?',
    ],
    [
      "",
      "performance.jobs",
      -1,
      "Cannot set performance.jobs: it must be a whole number, 0 to 256, not -1",
    ],
    ["bad: 1", "performance.jobs", 1, 'Cannot use "f:1": no such key "bad"'],
    [
      "model: {code: &c {}, chat: *c}",
      "model.code.model",
      "x",
      'Cannot set model.code.model in "f": its place is hard to tell',
    ],
  ];
  for (const [text, key, value, message] of table) {
    throws(() => withValue(text, key, value, "f"), { name: "ToolError", message });
  }
});

Deno.test("withValue() writes whatever text so that it is read again", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string(), (style, tool) => {
      for (
        const [key, value] of [
          ["code_generation.style", style],
          ["model.code.model", style],
          ["tools.enabled", [tool]],
        ] as const
      ) {
        let text;
        try {
          text = withValue(FILE, key, value, "f");
        } catch (error) {
          equal((error as Error).name, "ToolError");
          continue;
        }
        const found = parseConfigFile(text, "f").settings.find((one) => one.key.name === key);
        deepEqual(found?.value, value);
      }
    }),
  );
});

Deno.test("setConfigValue() makes the file, keeps its mode, and leaves it alone when it fails", async () => {
  await inHome({}, async ({ path, read }) => {
    const file = `${path}/new/folder/devmcp.yaml`;
    const links = { followLinks: false };
    await setConfigValue(file, "performance.jobs", 2, links);
    await Deno.chmod(file, 0o640);
    await setConfigValue(file, "performance.cache_mb", 1, links);
    const text = "performance:\n  cache_mb: 1\n  jobs: 2\n";
    equal(await read("new/folder/devmcp.yaml"), text);
    equal((await Deno.stat(file)).mode! & 0o777, 0o640);
    await rejects(setConfigValue(file, "performance.jobs", "many", links), { name: "ToolError" });
    equal(await read("new/folder/devmcp.yaml"), text);
    const names = await Array.fromAsync(Deno.readDir(`${path}/new/folder`), ({ name }) => name);
    deepEqual(names, ["devmcp.yaml"]);
  });
});

Deno.test("setConfigValue() follows a link only where it may", async () => {
  await inHome({ "victim": "logging: {level: info}\n" }, async ({ path, read }) => {
    const file = `${path}/devmcp.yaml`;
    await Deno.symlink(`${path}/victim`, file);
    await rejects(setConfigValue(file, "logging.level", "error", { followLinks: false }), {
      message: /: it is a symbolic link$/,
    });
    equal(await read("victim"), "logging: {level: info}\n");
    await setConfigValue(file, "logging.level", "error", { followLinks: true });
    equal(await read("victim"), "logging: {level: error}\n");
  });
});
