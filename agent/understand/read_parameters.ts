/** What the words of a message say of a tool's arguments. */
import { languageOfPath } from "./language_endings.ts";
import { findPaths } from "./read_subjects.ts";

/** How languages are said; what may also mean something else needs `in` before it, or a noun after it. */
const LANGUAGES: [language: string, said: RegExp][] = [
  ["typescript", /\b(?:typescript|deno)\b|\b(?:in|with|using) ts\b/i],
  ["javascript", /\b(?:javascript|node\.?js|ecmascript)\b|\b(?:in|with|using) js\b/i],
  ["python", /\b(?:python ?3?|flask|django|fastapi)\b/i],
  ["go", /\b[Gg]olang\b|\b(?:in|using|with|to|into) [Gg]o\b|\b(?:a|an|the|some|idiomatic|as) Go\b/],
  ["rust", /\b(?:in|using|with|idiomatic) rust\b|\b(?:a|an|some) Rust\b/i],
  ["kotlin", /\bkotlin\b/i],
  ["java", /\bjava\b/i],
  ["csharp", /(?:^|\s)(?:c#|csharp)(?=$|[\s.,;])/i],
  ["cpp", /(?:^|\s)(?:c\+\+|cpp)(?=$|[\s.,;])/i],
  ["c", /\b(?:in|using) C(?=$|[\s.,;])|\b(?:a|some) C (?:function|program|header|library)\b/],
  ["ruby", /\b(?:in|using|a|some) ruby\b/i],
  ["php", /\bphp\b/i],
  ["bash", /\b(?:bash|shell script|posix shell)\b/i],
  ["sql", /\bsql\b/i],
  ["swift", /\b(?:in|using|a|some) swift\b/i],
  ["scala", /\bscala\b/i],
  ["haskell", /\bhaskell\b/i],
  ["lua", /\b(?:in|using|a|some) lua\b/i],
  ["perl", /\b(?:in|using|a|some) perl\b/i],
];

/** The language that a text names, or that the files which it names are in. */
export function readLanguage(text: string): string | undefined {
  const said = LANGUAGES.find(([, pattern]) => pattern.test(text))?.[0];
  return said ?? findPaths(text).map(languageOfPath).find((one) => one !== undefined);
}

const FRAMEWORKS: [framework: string, said: RegExp][] = [
  ["pytest", /\bpy\.?test\b/i],
  ["unittest", /\bunittest\b/i],
  ["vitest", /\bvitest\b/i],
  ["jest", /\bjest\b/i],
  ["go test", /\bgo test\b|\btesting package\b/i],
];

const BY_LANGUAGE = new Map([["go", "go test"], ["typescript", "vitest"], [
  "javascript",
  "vitest",
]]);

/** The test framework that a text names, else the one that is usual for a language other than Python. */
export function readFramework(text: string, language?: string): string | undefined {
  const said = FRAMEWORKS.find(([, pattern]) => pattern.test(text))?.[0];
  return said ?? (language ? BY_LANGUAGE.get(language) : undefined);
}

/** The formatter that a text names. */
export function readFormatter(text: string): string | undefined {
  if (/\b(?:sort|order)\b.{0,20}\bimports\b/i.test(text)) return "isort";
  return /\b(black|ruff|isort|autopep8)\b/i.exec(text)?.[1]?.toLowerCase();
}

const FOCUS: [area: string, said: RegExp][] = [
  ["security", /\b(?:security|secure|vulnerabilit\w+|injections?|exploits?)\b/i],
  ["performance", /\b(?:performance|speed|slow|bottlenecks?)\b/i],
  ["documentation", /\b(?:documentation|docstrings?)\b/i],
  ["naming", /\bnaming\b/i],
  ["typing", /\b(?:typing|type (?:hints|annotations))\b/i],
  ["style", /\bstyle\b/i],
];

/** What a review is to look for. */
export function readFocus(text: string): string[] {
  return FOCUS.filter(([, pattern]) => pattern.test(text)).map(([area]) => area);
}

const TARGET =
  /\b(?:saved?|stored?|write|written|put|export(?:ed)?|dump(?:ed)?|keep|kept|placed?|persist(?:ed)?|ends? up)\b[^.;!?]{0,80}?\b(?:as|to|in|into|under|at|called|named)\s+(?:(?:a|the|my)\s+)?(?:new\s+)?(?:file\s+)?(?:called\s+|named\s+)?("[^"]{1,300}"|'[^']{1,300}'|`[^`]{1,300}`|\S{1,300})/gi;
const INTO = /\b(?:into|as|called|named)\s+(?:(?:a|the)\s+)?(?:file\s+)?(\S{1,300})/gi;

/** The files that something is to be written to, as the text says it. */
export function readTargets(text: string): string[] {
  const named = [TARGET, INTO].flatMap((pattern) =>
    Array.from(text.matchAll(pattern), ([, word]) => findPaths(word!)).flat()
  );
  return [...new Set(named)].slice(0, 8);
}
