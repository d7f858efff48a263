/** Messages that no client should send: the same for the same seed, one line each. */
import { type Random, seededRandom } from "./seeded_random.ts";

const METHODS = [
  "initialize",
  "ping",
  "server/discover",
  "tools/list",
  "tools/call",
  "resources/list",
  "resources/templates/list",
  "resources/read",
  "prompts/list",
  "prompts/get",
  "completion/complete",
  "logging/setLevel",
  "resources/subscribe",
  "resources/unsubscribe",
];

const NOTIFICATIONS = [
  "notifications/initialized",
  "notifications/progress",
  "notifications/roots/list_changed",
  "notifications/unheard_of",
];

const NAMES = [
  "format_code",
  "list_languages",
  "review_code",
  "write_file",
  "__proto__",
  "constructor",
  "",
  "nope",
];

/** Kept short: 100,000 of them are sent. */
const JUNK: unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER,
  "",
  "x",
  "\ud800",
  "\u0000",
  "\u2028",
  "日本語😀",
  "a".repeat(5000),
  "../../etc/passwd",
  "file:///etc/passwd",
  "results://x",
  "prompts://python-developer",
  [],
  [[]],
  {},
  { "": "" },
  { code: 5 },
  { constructor: { prototype: { polluted: true } } },
];

type Make = (random: Random, id: string) => string | Uint8Array;

const JUNK_OBJECTS = ['{"__proto__":{"polluted":true}}', '{"__proto__":null}', '{"toString":1}'];

const junk = (random: Random) =>
  random.below(8) === 0 ? random.pick(JUNK_OBJECTS) : JSON.stringify(random.pick(JUNK));

const idText = (id: string) => JSON.stringify(id);

function call(random: Random, id: string, params: string): string {
  const method = JSON.stringify(random.pick(METHODS));
  return `{"jsonrpc":"2.0","id":${idText(id)},"method":${method},"params":${params}}`;
}

function toolCall(random: Random, id: string, args: string): string {
  const name = JSON.stringify(random.pick(NAMES));
  const params = `{"name":${name},"arguments":${args}}`;
  return `{"jsonrpc":"2.0","id":${idText(id)},"method":"tools/call","params":${params}}`;
}

const nested = (depth: number, open: string, close: string) =>
  open.repeat(depth) + "1" + close.repeat(depth);

const NO_INTEGERS = ["1e400", "-1e400", "9".repeat(400), "9007199254740993"];
const STRANGE_NUMBERS = [...NO_INTEGERS, "0.1e-999", "-0"];
const BROKEN = [
  "{",
  "[",
  '"',
  "nul",
  "{]",
  '{"a":}',
  "{'a':1}",
  "01",
  "NaN",
  "\\",
  '{"a":1,}',
  "}",
];
const NO_METHODS = ["null", "5", '""', "[]", "{}", '["ping"]', '"__proto__"', '"ping\\u0000"'];
const NO_IDS = ["null", "true", "1.5", "[1]", '{"a":1}', ...NO_INTEGERS];
const NO_META = ["null", "5", "[]", '{"progressToken":{}}', '{"progressToken":1.5}'];
const VERSIONS = ['"1.0"', "2.0", "2", "null", '"2.0 "', "[]"];

const KINDS: Record<string, Make> = {
  randomBytes: (random) => random.bytes(1 + random.below(300)),
  invalidUtf8: (random, id) => {
    const bytes = new TextEncoder().encode(call(random, id, "{}"));
    bytes[random.below(bytes.length)] = random.pick([0xff, 0xc0, 0xed, 0x80]);
    return bytes;
  },
  flippedByte: (random, id) => {
    const bytes = new TextEncoder().encode(call(random, id, junk(random)));
    bytes[random.below(bytes.length)] = random.below(256);
    return bytes;
  },
  cutShort: (random, id) => {
    const text = call(random, id, junk(random));
    return text.slice(0, 1 + random.below(text.length - 1));
  },
  brokenJson: (random) => random.pick(BROKEN),
  noObject: (random) => junk(random),
  batch: (random, id) => `[${Array(1 + random.below(5)).fill(call(random, id, "{}")).join(",")}]`,
  wrongVersion: (random, id) =>
    `{"jsonrpc":${random.pick(VERSIONS)},"id":${idText(id)},"method":"ping"}`,
  noVersion: (_, id) => `{"id":${idText(id)},"method":"ping"}`,
  wrongId: (random) => `{"jsonrpc":"2.0","id":${random.pick(NO_IDS)},"method":"ping"}`,
  hugeId: (random, id) => {
    const long = JSON.stringify(
      id + random.pick(["x", "\u0000", "é", '"'])
        .repeat(10 ** random.below(6)),
    );
    return `{"jsonrpc":"2.0","id":${long},"method":"ping"}`;
  },
  wrongMethod: (random, id) =>
    `{"jsonrpc":"2.0","id":${idText(id)},"method":${random.pick(NO_METHODS)}}`,
  unknownMethod: (random, id) => {
    const name = random.pick(["nope", "tools/", "/", "rpc.x", "toString", "tools/call\n", "PING"]);
    const method = JSON.stringify(name);
    return `{"jsonrpc":"2.0","id":${idText(id)},"method":${method},"params":${junk(random)}}`;
  },
  changedCase: (random, id) => {
    const [rpc, key, method] = random.pick([
      ["JSONRPC", "id", "method"],
      ["jsonrpc", "ID", "method"],
      ["jsonrpc", "id", "Method"],
      ["Jsonrpc", "Id", "METHOD"],
    ]);
    return `{"${rpc}":"2.0","${key}":${idText(id)},"${method}":"ping"}`;
  },
  duplicateKeys: (random, id) => {
    const again = random.pick(['"method":"nope"', '"id":"other', '"jsonrpc":"1"', '"params":{}']);
    const last = again.startsWith('"id"') ? `${again} ${id}"` : again;
    return `${call(random, id, "{}").slice(0, -1)},${last}}`;
  },
  escapedKeys: (_, id) => `{"jsonrpc":"2.0","\\u0069d":${idText(id)},"\\u006dethod":"ping"}`,
  wrongParams: (random, id) => call(random, id, junk(random)),
  wrongFields: (random, id) => {
    const field = random.pick(["name", "uri", "arguments", "ref", "cursor", "level", "argument"]);
    return call(random, id, `{"${field}":${junk(random)}}`);
  },
  wrongMeta: (random, id) => call(random, id, `{"_meta":${random.pick(NO_META)}}`),
  wrongArguments: (random, id) => toolCall(random, id, junk(random)),
  strangeArguments: (random, id) =>
    toolCall(random, id, `{"${random.pick(["code", "path", "__proto__"])}":${junk(random)}}`),
  deepParams: (random, id) => {
    const depth = 10 ** (1 + random.below(4));
    return call(random, id, nested(depth, ...random.pick(SHELLS)));
  },
  deepArguments: (random, id) => {
    const depth = 10 ** (1 + random.below(4));
    return toolCall(random, id, `{"code":${nested(depth, ...random.pick(SHELLS))}}`);
  },
  deepMessage: (random) => nested(10 ** (1 + random.below(4)), "[", "]"),
  hugeNumber: (random, id) => call(random, id, `{"cursor":${random.pick(STRANGE_NUMBERS)}}`),
  nul: (random, id) => `${call(random, id, "{}")}\u0000`,
  byteOrderMark: (random, id) => `\ufeff${call(random, id, "{}")}`,
  carriageReturn: (random, id) => `${call(random, id, "{}")}\r`,
  blank: (random) => random.pick(["", " ", "\t", "\r", " \r"]),
  prototypeKeys: (_, id) =>
    `{"__proto__":{"id":1},"constructor":1,"jsonrpc":"2.0","id":${idText(id)},"method":"ping"}`,
  extraKeys: (random, id) =>
    `{"extra":${junk(random)},"jsonrpc":"2.0","id":${idText(id)},"method":"ping"}`,
  strayAnswer: (random, id) =>
    `{"jsonrpc":"2.0","id":${idText(id)},"${random.pick(["result", "error"])}":${junk(random)}}`,
  emptyMessage: (random, id) =>
    random.pick(["{}", '{"jsonrpc":"2.0"}', `{"jsonrpc":"2.0","id":${idText(id)}}`]),
  notification: (random) => {
    const method = JSON.stringify(random.pick(NOTIFICATIONS));
    return `{"jsonrpc":"2.0","method":${method},"params":${junk(random)}}`;
  },
  strayCancel: (random) =>
    `{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":${junk(random)}}}`,
};

const SHELLS: [string, string][] = [["[", "]"], ['{"a":', "}"]];

export interface Malformed {
  kind: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Message number `n` of a seed; its id, where it has one, holds `n`. */
export function malformed(seed: number, n: number): Malformed {
  const random = seededRandom(seed * 1_000_003 + n);
  const kind = random.pick(Object.keys(KINDS));
  const made = KINDS[kind]!(random, `m${n}`);
  const bytes = typeof made === "string" ? new TextEncoder().encode(made) : made;
  return { kind, bytes: Uint8Array.from(bytes, (byte) => byte === 0x0a ? 0x20 : byte) };
}
