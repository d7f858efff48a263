import { type CodeToken, isPunctuation, isWord, readTokens } from "./code_tokens.ts";
import { findMethods } from "./script_methods.ts";
import type { Unit } from "./test_coverage.ts";

/**
 * What tests of a JavaScript or TypeScript module can name: what it exports, types apart, and the
 * public methods of classes. Where it exports nothing, its functions and classes.
 */
export function scriptUnits(code: string): Unit[] {
  const tokens = readTokens(code);
  const exported = tokens.flatMap((token, at) => {
    if (isWord(token, "export")) return exportedNames(tokens, at + 1);
    return isWord(token, "exports") ? commonJsNames(tokens, at + 1) : [];
  });
  const names = exported.length > 0 ? exported : tokens.flatMap((_, at) => nameAt(tokens, at));
  const methods = findMethods(tokens);
  return [...new Set(names)].flatMap((name) => [
    { name, calledAs: [name], paths: 1 },
    ...[...methods.get(name) ?? []].map((own) => ({
      name: `${name}.${own}`,
      calledAs: [own],
      paths: 1,
    })),
  ]);
}

/** After `export`: `{ a, b as c }`, or a declaration. */
function exportedNames(tokens: CodeToken[], at: number): string[] {
  if (isPunctuation(tokens[at], "{")) return listedNames(tokens, at + 1);
  let next = at;
  while (isWord(tokens[next], "default", "async", "abstract")) next++;
  const variable = tokens[next + 1];
  if (isWord(tokens[next], "const", "let", "var") && variable?.kind === "word") {
    return isWord(variable, "enum") ? [] : [variable.text];
  }
  return nameAt(tokens, next);
}

/** After `exports`: `= { a, b }`, or `.name =`. */
function commonJsNames(tokens: CodeToken[], at: number): string[] {
  if (isPunctuation(tokens[at], "=") && isPunctuation(tokens[at + 1], "{")) {
    return listedNames(tokens, at + 2);
  }
  const name = tokens[at + 1];
  return isPunctuation(tokens[at], ".") && name?.kind === "word" ? [name.text] : [];
}

/** The names that a list gives to others: of `b as c` it is `c`, of `b: f` it is `b`. */
function listedNames(tokens: CodeToken[], start: number): string[] {
  const names: string[] = [];
  for (let at = start; at < tokens.length && !isPunctuation(tokens[at], "}"); at++) {
    const isFirst = at === start || isPunctuation(tokens[at - 1], ",");
    if (tokens[at]!.kind === "word" && isFirst && !isWord(tokens[at], "type")) {
      names.push(isWord(tokens[at + 1], "as") ? tokens[at + 2]?.text ?? "" : tokens[at]!.text);
    }
  }
  return names.filter(Boolean);
}

/** `function name`, `function* name`, `class Name` */
function nameAt(tokens: CodeToken[], at: number): string[] {
  if (!isWord(tokens[at], "function", "class")) return [];
  const name = tokens[isPunctuation(tokens[at + 1], "*") ? at + 2 : at + 1];
  return name?.kind === "word" && !isWord(name, "extends") ? [name.text] : [];
}
