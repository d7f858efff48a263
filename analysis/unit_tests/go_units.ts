import { type CodeToken, isPunctuation, isWord, readTokens } from "./code_tokens.ts";
import type { Unit } from "./test_coverage.ts";

/** What tests of a Go file can name: its functions and methods, the exported ones if there are any. */
export function goUnits(code: string): Unit[] {
  const tokens = readTokens(code);
  const units = tokens.flatMap((token, at) =>
    isWord(token, "func") ? readUnit(tokens, at + 1) : []
  );
  const exported = units.filter(({ calledAs }) => /^\p{Lu}/u.test(calledAs[0]!));
  return exported.length > 0 ? exported : units;
}

/** Tokens of a receiver at most: `(c *Cart[A, B])`. */
const MOST_RECEIVER = 20;

/** After `func`: a name, or a receiver `(c *Cart)` and a name; neither in a literal. */
function readUnit(tokens: CodeToken[], at: number): Unit[] {
  let own = at, type = "";
  if (isPunctuation(tokens[at], "(")) {
    const receiver = tokens.slice(at, at + MOST_RECEIVER);
    own = at + receiver.findIndex((token) => isPunctuation(token, ")")) + 1;
    type = typeOf(tokens.slice(at, own));
  }
  const token = tokens[own];
  if (token?.kind !== "word" || !isPunctuation(tokens[own + 1], "([")) return [];
  if (type === "" && isWord(token, "main", "init")) return [];
  return [{ name: type + token.text, calledAs: [token.text], paths: 1 }];
}

/** `Cart.` of `(c *Cart[T])` */
function typeOf(receiver: CodeToken[]): string {
  const bracket = receiver.findIndex((token) => isPunctuation(token, "["));
  const words = receiver.slice(0, bracket < 0 ? undefined : bracket)
    .filter(({ kind }) => kind === "word");
  return words.length > 0 ? `${words.at(-1)!.text}.` : "";
}
