import type { LanguageId } from "../languages.ts";
import { createParser } from "../syntax/syntax.ts";
import { countByLine } from "./count_by_line.ts";
import { decisionsAt, eachNode } from "./measure_scopes.ts";
import type { Meter } from "./meter.ts";
import { METRICS } from "./metrics.ts";
import { measureTree } from "./measure_tree.ts";
import { openMacros } from "./open_macros.ts";
import { readRoles, type Roles } from "./roles.ts";
import { syntaxIssues } from "./syntax_issues.ts";

/**
 * A meter over a grammar's WebAssembly.
 *
 * @throws {TypeError} for a language without a table, or with one that does not fit the grammar
 */
export async function createMeter(
  { language, ...engine }: { name: string; version: string; language: LanguageId },
  core: Uint8Array,
  wasm: Uint8Array,
): Promise<Meter> {
  const metrics = METRICS[language];
  if (!metrics) throw new TypeError(`Cannot measure "${language}": it has no table`);
  let roles!: Roles;
  const parser = await createParser(core, wasm, (grammar) => roles = readRoles(metrics, grammar));
  const parse = metrics.macros
    ? (text: string) => openMacros(parser.parse, roles, text)
    : (text: string) => parser.parse(text);
  return {
    ...engine,
    measure(text) {
      const tree = parse(text);
      const report = measureTree(tree, roles, metrics, language);
      return { report, errors: syntaxIssues(tree, metrics) };
    },
    decisions(text) {
      const tree = parse(text);
      return countByLine(tree, (tell) => {
        const view = { tree, roles };
        eachNode(view, (node) => tell(node, decisionsAt(view, node)));
      });
    },
  };
}
