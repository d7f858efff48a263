/** What a message names to be attached. */
export interface Mention {
  /** `src/app.py`, `server:uri`. */
  name: string;
  kind: "file" | "resource";
}

export interface Mentionable {
  /** Whether there is such a file. */
  exists(path: string): boolean;
  /** Names of the MCP servers. */
  servers: string[];
}

const MAX_NAME = 1024;
/** Not within a word, as in an address of e-mail, nor in code. */
const MENTION = /(?<![^\s([{"'“‘,;:])@(?:"([^"\n]+)"|([^\s"@`]+))/gu;
/** What ends a sentence or a bracket, and seldom a name. */
const CLOSING = /[.,;:!?)\]}'"”’>]$/;
/** Of files that a person would miss; `@app.get` and `@types/node` are no files. */
const LOOKS_LIKE_FILE =
  /\.(?:py|pyi|ts|tsx|js|jsx|mjs|json|ya?ml|toml|md|txt|go|rs|java|kt|rb|php|c|h|cc|cpp|hpp|cs|swift|sh|sql|html|css|csv|xml|ini|cfg|lock|log|ipynb|proto|tf)$/i;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/**
 * Finds `@path`, `@"path with spaces"` and `@server:uri` outside of code. What is no file and does not
 * look like one, as in `@dataclass`, is not meant; a file that seems to be meant and is not there is
 * found all the same, so that it is told.
 */
export function findMentions(message: string, world: Mentionable): Mention[] {
  const found = new Map<string, Mention>();
  for (const [, quoted, plain] of withoutCode(message).matchAll(MENTION)) {
    const mention = quoted === undefined ? readPlain(plain!, world) : readQuoted(quoted, world);
    if (mention && mention.name.length <= MAX_NAME) found.set(mention.name, mention);
  }
  return [...found.values()];
}

function readQuoted(name: string, { servers }: Mentionable): Mention {
  return { name, kind: isResource(name, servers) ? "resource" : "file" };
}

/** The longest name that is there, without what ends the sentence; else what looks like one. */
function readPlain(text: string, { exists, servers }: Mentionable): Mention | undefined {
  const names = withShorter(text.slice(0, MAX_NAME + 1));
  const shortest = names.at(-1)!;
  if (isResource(shortest, servers)) return { name: shortest, kind: "resource" };
  const name = names.find(exists);
  if (name !== undefined) return { name, kind: "file" };
  return LOOKS_LIKE_FILE.test(shortest) ? { name: shortest, kind: "file" } : undefined;
}

function withShorter(text: string): string[] {
  const names = [text];
  while (CLOSING.test(names.at(-1)!)) names.push(names.at(-1)!.slice(0, -1));
  return names.slice(0, 8);
}

function isResource(name: string, servers: string[]): boolean {
  const end = name.indexOf(":");
  return end > 0 && end < name.length - 1 && servers.includes(name.slice(0, end));
}

/** Blanks in place of fenced blocks and of code in backticks. */
function withoutCode(message: string): string {
  let fence = "";
  const lines = message.split("\n").map((line) => {
    const mark = FENCE.exec(line)?.[1];
    if (fence === "") {
      fence = mark ?? "";
      return mark
        ? ""
        : line.replace(/(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, (code) => " ".repeat(code.length));
    }
    const closes = mark && mark[0] === fence[0] && mark.length >= fence.length &&
      line.trim() === mark;
    if (closes) fence = "";
    return "";
  });
  return lines.join("\n");
}
