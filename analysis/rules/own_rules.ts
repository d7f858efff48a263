import { categoryOf, severityOf } from "./rule_traits.ts";
import type { Rule } from "./rule.ts";

/** What is found beside the rules of other linters. */
export const OWN_RULES: Rule[] = [
  {
    ...ownRule("syntax-error"),
    summary: "The file is not valid in its language.",
    why: "It cannot be compiled or run, so nothing else in it can be checked.",
    instead: "Mend the place named, and the line before it; brackets left open show up later.",
  },
  {
    ...ownRule("analysis-failed"),
    summary: "The linter could not get through the file.",
    why: "It is nested too deeply, or it hit a mistake in the linter; nothing in it was checked.",
    instead: "Split deeply nested expressions; generated data belongs in a data file.",
  },
  {
    ...complexityRule("devmcp/cyclomatic-complexity"),
    summary: "A function has more ways through it than `complexity.max_cyclomatic`, 10, allows.",
    why: "Each way wants a test of its own; of Python, C901 says the same.",
    instead:
      "Split the function at what it does one after the other; replace chains of conditions " +
      "by a table.",
  },
  {
    ...complexityRule("devmcp/cognitive-complexity"),
    summary: "A function is harder to follow than `complexity.max_cognitive`, 15, allows.",
    why:
      "Conditions in conditions have to be kept in mind all at once, which is where mistakes hide.",
    instead: "Return early instead of nesting, and give the innermost block a name of its own.",
  },
  {
    ...complexityRule("devmcp/nesting"),
    summary:
      "Control structures stand deeper in one another than `complexity.max_nesting`, 4, allows.",
    why: "Whoever reads the innermost line has to know all the conditions around it.",
    instead:
      "Turn conditions round and return or continue early; move the inner loop into a function.",
  },
  {
    ...complexityRule("devmcp/parameters"),
    summary: "A function has more parameters than `complexity.max_parameters`, 7, allows.",
    why: "Callers mix up what stands in a long row; of Python, PLR0913 says the same.",
    instead: "Make one thing of what belongs together, or take an object of options.",
  },
  {
    ...complexityRule("devmcp/function-length"),
    summary:
      "A function has more lines than `complexity.max_length`, 80, allows, without those of " +
      "functions inside.",
    why: "What does not fit on a screen does more than one thing.",
    instead: "Give the parts names: each comment that begins a paragraph is one.",
  },
  {
    ...ownRule("devmcp/unused-ignore"),
    name: "unused-ignore",
    severity: "info",
    category: "maintainability",
    fixable: "sometimes",
    safeFix: true,
    summary: "A comment `devmcp: ignore[rule]` silences nothing, or names no rule.",
    why: "It hides the next mistake of that kind, and says of the code what is not so.",
    instead: "Remove it, or name the rule as it is told: `devmcp: ignore[F401] reason`.",
  },
  {
    ...info("syntax-not-checked"),
    summary: "The formatter that checks the syntax of Go or shell had no room for the file.",
    why: "It is a very large table, or nested very deeply; its other findings hold all the same.",
    instead: "Split generated tables into several files, or leave them out of the review.",
  },
  {
    ...info("file-too-large"),
    summary: "The file is larger than `files.maxSize` of biome.json, 1 MiB if it is not set.",
    why: "Biome passes over it, so nothing in it was checked.",
    instead: "Raise `files.maxSize`, split the file, or leave it out of the review.",
  },
  {
    ...info("biome-plugins"),
    summary: "A biome.json names plugins, which devmcp does not run.",
    why: "They are programs beside the configuration; what they would find is not told.",
    instead: "Run Biome itself for them.",
  },
  {
    ...info("model"),
    category: "correctness",
    summary: "A model found it, asked for by `--model`; it may be wrong.",
    why: "It is advice: without `--fail-on-model` it fails no review.",
    instead: "Judge it yourself, as a colleague's remark.",
  },
  {
    ...ownRule("duplicate-key"),
    severity: "major",
    summary: "A mapping of YAML has a key twice.",
    why: "Programs take the last one, the first one, or refuse the file.",
    instead: "Remove one, or give it the name that was meant.",
  },
];

function complexityRule(code: string): Omit<Rule, "summary"> {
  const name = code.slice("devmcp/".length);
  return { ...ownRule(code), name, category: "complexity" };
}

function info(code: string): Omit<Rule, "summary"> {
  return { ...ownRule(code), severity: "info", category: "maintainability" };
}

function ownRule(code: string) {
  return {
    code,
    name: code,
    linter: "devmcp",
    status: "stable",
    fixable: "none",
    severity: severityOf(code),
    category: categoryOf(code),
    safeFix: false,
    byDefault: true,
  } as const;
}
