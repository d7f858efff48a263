import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
} from "yaml";
import type { Document, ParsedNode, YAMLError } from "yaml";
import { checkValue, wrongValue } from "./check_value.ts";
import {
  CONFIG_ROOT,
  type ConfigKey,
  type ConfigSection,
  quote,
  shorten,
  suggestKey,
} from "./keys.ts";
import { suggestion } from "./nearest.ts";
import { EARLIER_SERVER_KEYS, OPEN_SECTIONS } from "./schema.ts";
import { checkServer, MAX_SERVERS, type WrittenServer } from "./server_schema.ts";
import { ToolError } from "./tool_error.ts";

/** What one devmcp.yaml says. */
export interface ParsedFile {
  /** The keys it sets. */
  settings: FileSetting[];
  /** Sections and keys that are taken without effect. */
  withoutEffect: {
    name: string;
    line: number;
    /** What has the effect now, where something has. */
    instead?: string;
  }[];
  /** What `mcpServers` names. */
  servers: FileServer[];
}

export interface FileServer {
  name: string;
  server: WrittenServer;
  /** 1-based line of the name. */
  line: number;
}

export interface FileSetting {
  key: ConfigKey;
  value: unknown;
  /** 1-based line of the key. */
  line: number;
}

/** More uses of anchors than anybody writes by hand. */
const MAX_ALIASES = 100;

/**
 * Reads the text of a devmcp.yaml. Only what the schema knows is ever turned into values.
 *
 * @param name the file's, for messages
 * @throws {ToolError} naming `file:line` for the first thing that is wrong
 */
export function parseConfigFile(text: string, name: string): ParsedFile {
  const lines = new LineCounter();
  const document = parseYaml(text, lines);
  const [error] = document.errors;
  if (error) throw problemAt(name, lines.linePos(error.pos[0]).line, describe(error));
  return new Reader(name, document, lines).read();
}

/**
 * YAML 1.2 as a document. Comparing all keys of a map with one another, as the library does to find
 * duplicates, would take a hostile file half a minute; those of our maps are looked at here.
 */
export function parseYaml(text: string, lineCounter?: LineCounter): Document.Parsed {
  return parseDocument(text, {
    lineCounter,
    prettyErrors: false,
    uniqueKeys: false,
    logLevel: "error",
    resolveKnownTags: false,
  });
}

class Reader {
  readonly #name: string;
  readonly #document: Document.Parsed;
  readonly #lines: LineCounter;
  readonly #found: ParsedFile = { settings: [], withoutEffect: [], servers: [] };

  constructor(name: string, document: Document.Parsed, lines: LineCounter) {
    this.#name = name;
    this.#document = document;
    this.#lines = lines;
  }

  read(): ParsedFile {
    this.#readSection(CONFIG_ROOT, this.#document.contents, 1);
    return this.#found;
  }

  /** Sections nest as deep as the schema, whatever the file does. */
  #readSection(section: ConfigSection, written: unknown, line: number): void {
    const what = section.name === "" ? "the file" : section.name;
    this.#eachPair(what, written, line, (name, pair, line) => {
      this.#readPair(section, name, pair, line);
    });
  }

  #eachPair(
    what: string,
    written: unknown,
    line: number,
    read: (name: string, pair: Pair, line: number) => void,
  ): void {
    const node = this.#resolve(written, line);
    if (node === null || isScalar(node) && node.value === null) return;
    if (!isMap<unknown, unknown>(node)) {
      throw this.#problem(line, `${what} must be a table of keys and values`);
    }
    const seen = new Map<string, number>();
    for (const pair of node.items) {
      const line = this.#lineOf(pair.key);
      const name = this.#nameOf(pair, line);
      const before = seen.get(name);
      if (before !== undefined) {
        throw this.#problem(line, `${quote(name)} is there twice, first in line ${before}`);
      }
      seen.set(name, line);
      read(name, pair, line);
    }
  }

  #readServers(written: unknown, line: number): void {
    this.#eachPair("mcpServers", written, line, (name, { value }, line) => {
      if (this.#found.servers.length === MAX_SERVERS) {
        throw this.#problem(line, `mcpServers has more than ${MAX_SERVERS} servers`);
      }
      this.#found.servers.push({ name, server: this.#readServer(name, value, line), line });
    });
  }

  #readServer(name: string, written: unknown, line: number): WrittenServer {
    const node = this.#resolve(written, line);
    const checked = checkServer(name, this.#toValue(node, line), { strict: true });
    if ("server" in checked) return checked.server;
    const { path, state } = checked.problem;
    const place = isMap(node) && path.length > 0 ? node.getIn(path, true) : undefined;
    const full = ["mcpServers", name, ...path].map((part) => shorten(String(part))).join(".");
    throw this.#problem(
      this.#lineOf(place) > 1 ? this.#lineOf(place) : line,
      `${quote(full)} ${state}`,
    );
  }

  #nameOf({ key }: Pair, line: number): string {
    if (isScalar(key) && key.value !== null) return String(key.value);
    throw this.#problem(line, "a key must be a word");
  }

  #readPair(section: ConfigSection, name: string, { value }: Pair, line: number): void {
    const entry = section.entries.get(name);
    if (!entry && isOfEarlierSystem(section, name)) {
      const instead = section.name === "server" ? EARLIER_SERVER_KEYS.get(name) : undefined;
      const full = `${section.name}.${name}`;
      this.#found.withoutEffect.push({ name: full, line, ...instead && { instead } });
      return;
    }
    if (!entry) throw this.#problem(line, unknownKey(section, name));
    if (entry.kind === "section") return this.#readSection(entry, value, line);
    if (entry.kind === "key") return this.#readValue(entry, value, line);
    if (entry.kind === "servers") return this.#readServers(value, line);
    this.#found.withoutEffect.push({ name, line });
  }

  #readValue(key: ConfigKey, written: unknown, line: number): void {
    const node = this.#resolve(written, line);
    const checked = checkValue(key, this.#toValue(node, line));
    if ("value" in checked) {
      this.#found.settings.push({ key, value: checked.value, line });
      return;
    }
    const item = isSeq(node) && checked.index !== undefined ? node.items[checked.index] : undefined;
    throw this.#problem(
      item ? this.#lineOf(item) : line,
      `${key.name} ${wrongValue(key, checked.wrong)}`,
    );
  }

  #toValue(node: Node | null, line: number): unknown {
    try {
      return node?.toJS(this.#document, { maxAliasCount: MAX_ALIASES }) ?? null;
    } catch {
      throw this.#problem(line, "it uses its anchors too often, or in a circle");
    }
  }

  #resolve(written: unknown, line: number): Node | null {
    const node = written as ParsedNode | null;
    if (!isAlias(node)) return node;
    const found = node.resolve(this.#document);
    if (found) return found;
    throw this.#problem(line, `there is no anchor ${quote(node.source)} above`);
  }

  #lineOf(node: unknown): number {
    const offset = (node as Partial<ParsedNode> | null)?.range?.[0] ?? 0;
    return this.#lines.linePos(offset).line || 1;
  }

  #problem(line: number, state: string): ToolError {
    return problemAt(this.#name, line, state);
  }
}

function isOfEarlierSystem({ name: section }: ConfigSection, name: string): boolean {
  return OPEN_SECTIONS.includes(section) ||
    section === "server" && EARLIER_SERVER_KEYS.has(name);
}

function problemAt(name: string, line: number, state: string): ToolError {
  return new ToolError(`Cannot use ${JSON.stringify(`${name}:${line}`)}: ${state}`, {
    hint: 'run "devmcp config schema" for all keys and values',
  });
}

function unknownKey(section: ConfigSection, name: string): string {
  const full = section.name === "" ? name : `${section.name}.${name}`;
  const near = suggestion(name, section.entries.keys()) || suggestKey(full);
  return `no such key ${quote(full)}${near}`;
}

/** The library's message as a clause of ours. */
function describe({ code, message }: YAMLError): string {
  if (/sufficiently indented and end with/.test(message)) {
    return "broken YAML: a bracket is not closed, or its content not indented";
  }
  const known = PROBLEMS.get(code);
  if (known) return known;
  const [first = ""] = message.split("\n");
  return `broken YAML: ${shorten(first)}`;
}

const PROBLEMS = new Map<string, string>([
  ["TAB_AS_INDENT", "a tab cannot indent YAML, use spaces"],
  ["MULTIPLE_DOCS", "it holds more than one YAML document"],
  ["RESOURCE_EXHAUSTION", "it is nested too deeply"],
  ["MISSING_CHAR", "broken YAML: a quote or bracket is not closed"],
  ["BAD_INDENT", "broken YAML: the indentation is wrong"],
]);
