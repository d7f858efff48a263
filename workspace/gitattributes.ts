/** Attributes by which a repository tells what nobody there writes by hand. */
const NOT_WRITTEN = ["linguist-generated", "linguist-vendored"];

/**
 * The patterns of a .gitattributes file that name generated and vendored files, as lines of a
 * .gitignore file; the last line that speaks of a file decides.
 */
export function generatedPatterns(text: string): string {
  return text.split(/\r?\n/).flatMap(patternOf).join("\n");
}

function patternOf(line: string): string[] {
  const [, pattern, attributes = ""] = /^\s*("(?:[^"\\]|\\.)*"|[^\s#]\S*)\s+(.*)$/.exec(line) ?? [];
  if (!pattern || /^["![]/.test(pattern)) return [];
  const words = attributes.split(/\s+/);
  if (NOT_WRITTEN.some((name) => words.includes(name) || words.includes(`${name}=true`))) {
    return [pattern];
  }
  const isTakenBack = NOT_WRITTEN.some((name) =>
    words.includes(`-${name}`) || words.includes(`!${name}`) || words.includes(`${name}=false`)
  );
  return isTakenBack ? [`!${pattern}`] : [];
}
