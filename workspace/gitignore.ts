/**
 * The rules of one .gitignore file. Matching takes time proportional to pattern × path, whatever
 * the pattern: those of a repository are not ours, and as regular expressions a few stars are
 * enough to hang a walk. That is why this is not the npm package `ignore`.
 */
export interface IgnoreRules {
  /**
   * What the rules say about a path relative to their folder, with `/`, taken by itself: folders
   * on the way to it are asked about on their own. The last matching rule decides.
   */
  test(path: string, isFolder: boolean): "ignored" | "included" | undefined;
}

interface Rule {
  included: boolean;
  foldersOnly: boolean;
  /** `**` stands for any number of parts. */
  parts: (PartMatcher | typeof ANY_PARTS)[];
}

type PartMatcher = (part: string) => boolean;

const ANY_PARTS = "**";

/** No path is as long as a longer line. */
const MAX_LINE = 4096;

/** Parses the text of a .gitignore file as git does; undefined when there is no rule in it. */
export function parseGitignore(text: string): IgnoreRules | undefined {
  const rules = text.replace(/^\uFEFF/, "").split(/\r?\n/).flatMap(parseRule).reverse();
  if (rules.length === 0) return undefined;
  return {
    test(path, isFolder) {
      const parts = path.split("/");
      const rule = rules.find((rule) => (isFolder || !rule.foldersOnly) && matches(rule, parts));
      return rule && (rule.included ? "included" : "ignored");
    },
  };
}

function parseRule(line: string): Rule[] {
  const trimmed = trimEnd(line);
  if (trimmed === "" || trimmed.startsWith("#") || trimmed.length > MAX_LINE) return [];
  const included = trimmed.startsWith("!");
  const pattern = included ? trimmed.slice(1) : trimmed;
  const foldersOnly = pattern.endsWith("/");
  const path = foldersOnly ? pattern.slice(0, -1) : pattern;
  if (path === "") return [];
  return [{ included, foldersOnly, parts: compileParts(path) }];
}

/** A pattern without a slash holds at any depth; `a/**` is what is in `a`, and not `a` itself. */
function compileParts(path: string): Rule["parts"] {
  const parts = path.replace(/^\//, "").split("/").map(compilePart);
  if (!path.includes("/")) return [ANY_PARTS, ...parts];
  return parts.at(-1) === ANY_PARTS ? [...parts, () => true] : parts;
}

/** Spaces at the end do not count, but those behind a backslash. */
function trimEnd(line: string): string {
  let end = line.length;
  while (line[end - 1] === " " && !isEscaped(line, end - 1)) end--;
  return line.slice(0, end);
}

function isEscaped(line: string, index: number): boolean {
  let start = index;
  while (line[start - 1] === "\\") start--;
  return (index - start) % 2 === 1;
}

function matches({ parts: pattern }: Rule, parts: string[]): boolean {
  const matchesAt = (at: number, index: number) => (pattern[at] as PartMatcher)(parts[index] ?? "");
  return matchStars(pattern.length, parts.length, matchesAt, (at) => pattern[at] === ANY_PARTS);
}

/**
 * Whether a pattern of tokens matches a subject of units. Tokens are stars, which take any number
 * of units, or match one unit. A star that failed need never be tried again once a later one is
 * reached, so the time is at most tokens × units.
 */
function matchStars(
  tokens: number,
  units: number,
  matchesAt: (token: number, unit: number) => boolean,
  isStar: (token: number) => boolean,
): boolean {
  let [token, unit, star, taken] = [0, 0, -1, 0];
  while (unit < units) {
    if (token < tokens && isStar(token)) [star, taken] = [token++, unit];
    else if (token < tokens && matchesAt(token, unit)) [token, unit] = [token + 1, unit + 1];
    else if (star >= 0) [token, unit] = [star + 1, ++taken];
    else return false;
  }
  while (token < tokens && isStar(token)) token++;
  return token === tokens;
}

const STAR = "*";
type Token = typeof STAR | ((unit: string) => boolean);

function compilePart(glob: string): PartMatcher | typeof ANY_PARTS {
  if (glob === ANY_PARTS) return ANY_PARTS;
  if (!/[*?[\\]/.test(glob)) return (part) => part === glob;
  const tokens = tokenize(glob);
  if (!tokens) return () => false;
  return (part) =>
    matchStars(
      tokens.length,
      part.length,
      (at, index) => (tokens[at] as Exclude<Token, "*">)(part[index] ?? ""),
      (at) => tokens[at] === STAR,
    );
}

/** The tokens of one part; undefined when the pattern is broken, which matches nothing. */
function tokenize(glob: string): Token[] | undefined {
  const tokens: Token[] = [];
  for (let index = 0; index < glob.length; index++) {
    const char = glob[index] ?? "";
    if (char === "*") tokens.push(STAR);
    else if (char === "?") tokens.push(() => true);
    else if (char === "[") {
      const end = endOfClass(glob, index);
      if (end < 0) return undefined;
      tokens.push(compileClass(glob.slice(index + 1, end)));
      index = end;
    } else {
      const literal = char === "\\" ? glob[++index] : char;
      if (literal === undefined) return undefined;
      tokens.push((unit) => unit === literal);
    }
  }
  return tokens;
}

/** The index of the `]` that ends the class: not the first character in it, not escaped, not of `[:alpha:]`. */
function endOfClass(glob: string, start: number): number {
  let index = start + 1;
  if (glob[index] === "!" || glob[index] === "^") index++;
  for (let first = true; index < glob.length; first = false, index++) {
    if (glob[index] === "]" && !first) return index;
    if (glob[index] === "\\") index++;
    else if (glob.startsWith("[:", index)) {
      index = Math.max(index, glob.indexOf(":]", index + 2) + 1);
    }
  }
  return -1;
}

const NAMED_CLASSES = new Map<string, RegExp>(Object.entries({
  alnum: /[A-Za-z0-9]/,
  alpha: /[A-Za-z]/,
  blank: /[ \t]/,
  cntrl: /\p{Cc}/u,
  digit: /[0-9]/,
  graph: /[!-~]/,
  lower: /[a-z]/,
  print: /[ -~]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /\s/,
  upper: /[A-Z]/,
  xdigit: /[0-9A-Fa-f]/,
}));

function compileClass(content: string): (unit: string) => boolean {
  const negated = content.startsWith("!") || content.startsWith("^");
  const members = [...membersOf(negated ? content.slice(1) : content)];
  return (unit) => members.some((contains) => contains(unit)) !== negated;
}

function* membersOf(content: string): Generator<(unit: string) => boolean> {
  const item = /\[:(\w+):\]|(\\?[^])-(\\?[^])|\\?([^])/gy;
  for (const [, named, from, to, single] of content.matchAll(item)) {
    const pattern = named && NAMED_CLASSES.get(named);
    const [low = "", high = ""] = [from?.at(-1), to?.at(-1)];
    if (named) yield (unit) => pattern ? pattern.test(unit) : false;
    else if (from) yield (unit) => low <= unit && unit <= high;
    else yield (unit) => unit === single;
  }
}
