/** The ways of saying what each tool does, one row each. A row begins a clause; its object follows. */
import { isTestFile } from "./is_test_file.ts";
import { readFocus, readFormatter, readFramework, readLanguage } from "./read_parameters.ts";
import { readPath, readSubjects } from "./read_subjects.ts";
import type { Subject, Wish } from "./wish.ts";

export interface Row {
  /** The clause's beginning, verb and all; what follows is the object. */
  says: RegExp;
  /** The wishes in it; undefined when the object does not fit, so that the next row is tried. */
  read(object: string, clause: string, said: RegExpExecArray): Wish[] | undefined;
}

const THE = "(?:(?:a|an|the|some|any|all|its|my|our) )?";
const GIVE = "(?:(?:do|make|run|perform|give me|give|get me|i need|i want|show me|show) )";
const MAKE =
  "(?:write|create|generate|add|make|produce|build|give me|i need|i want|i would like|i'd like|we need|draft|prepare|provide)";
const TESTS =
  "(?:(?:some|the|a few|a|an|its|unit|more|good|python|pytest|unittest|vitest|jest|go|full|new|thorough|simple|basic|comprehensive|automated) )*(?:tests?(?: cases?| suite| file)?|test cases)";

const FAULT =
  "(?:(?:any|all|possible|potential|the|obvious) )*(?:(?:security|performance|style) (?:holes?|problems?|issues?)|bugs?|errors?|mistakes?|problems?|issues?|security|vulnerabilit(?:y|ies)|performance|style|naming|typing|type hints|docstrings?|documentation|defects?|(?:code )?smells?|injections?|correctness|readability)";
/** What a review is to look for, at the end of its clause. */
const FOCUS = new RegExp(
  ` (?:for|with (?:a )?focus on|focusing on) ${FAULT}(?:(?:, and |, or |, | and | or )${FAULT}){0,5}$`,
  "i",
);

const review: Row["read"] = (object) => {
  const focus = readFocus(FOCUS.exec(object)?.[0] ?? "");
  return each(
    object.replace(FOCUS, ""),
    "review_code",
    focus.length > 0 ? { focus_areas: focus } : {},
  );
};

const format: Row["read"] = (object, clause) => {
  const about = object.replace(/ (?:with|using|by|via) (?:black|ruff|isort|autopep8)$/i, "");
  const formatter = readFormatter(clause);
  return each(about, "format_code", formatter ? { formatter } : {});
};

const tests: Row["read"] = (object, clause) => {
  const about = object.replace(/^(?:for|of|to cover|covering|against|on) /i, "")
    .replace(
      / (?:with|using|in|for) (?:pytest|unittest|vitest|jest|go test|go|python|typescript|javascript)$/i,
      "",
    )
    .replace(/^(?:with|using|in) (?:pytest|unittest|vitest|jest|go test)$/i, "");
  const framework = readFramework(clause);
  return each(about, "generate_tests", framework ? { test_framework: framework } : {});
};

/** Whether a text speaks of a piece of software. */
export function namesThing(text: string): boolean {
  return (text.toLowerCase().match(/[a-z-]+/g) ?? []).some((word) => THINGS.has(word));
}

/** What is a piece of software, as the last word before `that`, `for`, `with` and the like. */
const THINGS = new Set(
  ("function functions class classes script scripts endpoint endpoints api apis program programs module modules " +
    "method methods decorator decorators parser server client tool cli command query regex generator iterator " +
    "algorithm implementation library package service component hook handler middleware crawler scraper bot " +
    "calculator game app application struct interface trait helper utility snippet code routine procedure " +
    "validator converter tokenizer lexer compiler interpreter cache queue stack logger wrapper dataclass enum " +
    "subroutine lambda one-liner microservice webserver backend sort search webhook solver simulator")
    .split(" "),
);
/** What is written in words, not in code. */
const WORDS_ONLY =
  /^(?:me |us )?(?:down|up|about)\b|^(?:is|are|was|were|has|had|can|may|should|does)\b|\b(?:requirements?|spec|specs|specifications?|user stor(?:y|ies)|tickets?|docs|documentation|readme|e-?mails?|letters?|poems?|haikus?|jokes?|stor(?:y|ies)|blog|posts?|essays?|articles?|summar(?:y|ies)|explanations?|overview|texts?|sentences?|paragraphs?)$/i;
const STOP =
  /\b(?:that|which|who|to|for|with|in|of|about|using|by|from|as|on|called|named|taking|returning|where|when|and|without|whose|so|given)\b|[,:;(]/i;

const generate: Row["read"] = (object, clause, said) => {
  const [head = ""] = object.replace(/^(?:a|an|the|some|another) /i, "").split(STOP, 1);
  if (WORDS_ONLY.test(head.trim())) return undefined;
  const words = head.trim().toLowerCase().replace(/["'`.]/g, "").split(/\s+/).filter(Boolean);
  const isThing = THINGS.has(words.at(-1) ?? "");
  const hasMore = words.length > 1 || STOP.test(object);
  const isAsked = /implement|code|program/i.test(said[0]) &&
    !/\b(?:it|this|that|them|plan)$/i.test(head.trim());
  const language = readLanguage(clause);
  const isCode = isThing && hasMore || isAsked && words.length > 0 ||
    language !== undefined && / in \S+$/.test(object);
  if (!isCode || words.length > 10) return undefined;
  return [{
    tool: "generate_code",
    arguments: { description: clause, ...language ? { language } : {} },
  }];
};

const change: Row["read"] = (_, clause, said) => {
  const [on] = readSubjects(said.groups!.it!) ?? [];
  if (!on || !("of" in on)) return undefined;
  const language = readLanguage(clause);
  const description = { description: clause, ...language ? { language } : {} };
  return [{ tool: "generate_code", on, arguments: description }];
};

const save: Row["read"] = (object) => {
  const [, about, target] =
    /^(.*?) ?\b(?:as|to|in|into|under|at) (?:(?:a|the) )?(?:new )?(?:file )?(?:called |named )?(\S+|"[^"]+"|'[^']+'|`[^`]+`)$/i
      .exec(object) ?? [];
  const path = target && readPath(/^["'`]/.test(target) ? `@${target}` : target);
  const subjects = readSubjects((about ?? "").replace(/^(?:the )?(?:results?|outputs?)$/i, ""));
  const [on] = subjects ?? [];
  if (!path || subjects?.length !== 1 || !on || !("of" in on)) return undefined;
  const isOfTests = on.of === "code" &&
    (/^(?:them|these|those)$/i.test(about!) || isTestFile(path));
  return [{ tool: "write_file", on: isOfTests ? { of: "tests" } : on, arguments: { path } }];
};

const IT =
  "(?<it>this|it|that|(?:this|the|that|my|your) (?:code|function|class|script|endpoint|method|program))";
const ROWS_OF_WORDS: [says: string, read: Row["read"]][] = [
  [`how complex (?:is|are)\\b`, (object) => each(object, "analyze_complexity")],
  [
    `(?:(?:measure|analy[sz]e|calculate|compute|show|show me|check|determine|get|what is|what's|report|give me|evaluate|assess) )?${THE}(?:(?:cyclomatic|cognitive|code) )*(?:complexity|maintainability(?: index)?|code metrics|metrics) (?:of|for|in)\\b`,
    (object) => each(object, "analyze_complexity"),
  ],
  [
    "(?:measure|analy[sz]e|calculate|compute|show|show me|check|determine|get|report|evaluate) (?:its|the) (?:(?:cyclomatic|cognitive|code) )*(?:complexity|maintainability|metrics)$",
    () => each("", "analyze_complexity"),
  ],
  [`(?:measure|analy[sz]e)(?: the complexity)?\\b`, (object) => each(object, "analyze_complexity")],
  [`${GIVE}?${THE}(?:(?:code|quick|short|full|thorough) )*review (?:of|for|on)\\b`, review],
  [
    "(?:find|look for|search for|list|show me|check for|spot|detect) (?:(?:the|any|all|some) )*(?:bugs?|problems?|issues?|errors?|mistakes?|defects?|(?:security|performance|style) (?:holes?|problems?|issues?)|vulnerabilities) (?:in|of|with)\\b",
    (object, clause) => each(object, "review_code", focusOf(clause)),
  ],
  ["what(?: is|'s) wrong (?:with|in)\\b", review],
  [
    "(?:(?:code[- ])?review|check|lint|inspect|audit|critique|look over|look through|go over|proofread|examine|take a look at|have a look at|look at)\\b",
    review,
  ],
  [`(?:sort|order) (?:the |all )?imports (?:of|in)\\b`, format],
  [`(?:run|use|apply) (?:black|ruff|isort|autopep8) (?:on|over|to)\\b`, format],
  [
    `(?:fix|clean up|correct|tidy(?: up)?) the (?:formatting|layout|indentation|white ?space) (?:of|in)\\b`,
    format,
  ],
  ["(?:re-?format|auto-?format|format|tidy up|tidy|prettify|beautify|pretty[- ]print)\\b", format],
  [
    "(?:(?:auto-?fix|fix|mend|repair|correct)(?: (?:(?:the|any|all|all the) )?(?:bugs?|issues?|problems?|errors?|mistakes?|lint(?:er)? (?:errors?|issues?|warnings?)|findings?|warnings?) (?:in|of|with))?|apply the fixes (?:to|in))\\b",
    (object) =>
      // What is mended is what rules find: a model would only take its time.
      each(object, "review_code", { model: "off" })?.flatMap((wish) => [
        wish,
        { tool: "write_file", on: { of: "mended" }, arguments: {} } as Wish,
      ]),
  ],
  [`${MAKE} (?:me )?${TESTS}\\b`, tests],
  [`${TESTS} (?:for|of)\\b`, tests],
  ["(?:unit[- ])?test\\b", tests],
  [
    "cover\\b(?=.* with (?:unit )?tests?$)",
    (object) => each(object.replace(/ with (?:unit )?tests?$/i, ""), "generate_tests"),
  ],
  ["(?:save|store|write|put|export|dump|keep)\\b", save],
  [
    "(?:formali[sz]e|specify)(?: (?:this|the|my|following|task|request|idea|requirement))*(?: ?:)?",
    (object) =>
      object.trim().length > 8 && !readSubjects(object)
        ? [{ tool: "formalize_task", arguments: { informal_request: object.trim() } }]
        : undefined,
  ],
  [
    `(?:make|change|rewrite|refactor|update|modify|adapt|extend|improve|simplify|optimi[sz]e|shorten|speed up|convert|port|translate|rename) ${IT}\\b(?! and\\b)`,
    (object, clause, said) =>
      wordsOf(object) > 0 || /^(?:refactor|simplify|optimi|improve|shorten|speed)/i.test(said[0])
        ? change(object, clause, said)
        : undefined,
  ],
  [
    `add (?:(?:some|a|an|the|proper|full|missing|more|better) )*(?:type hints|type annotations|types|docstrings?|comments|logging|error handling|input validation|validation|documentation|caching|an? \\w+ (?:argument|parameter|method|option)) to ${IT}\\b`,
    change,
  ],
  [
    "(?:write|create|implement|generate|build|make|code|develop|program|draft|produce|design|add|give me|show me|i need|i want|i would like|i'd like|we need)(?: me| us| up)?(?: (?:a|an|some|the|another|one|two|simple))\\b",
    generate,
  ],
  ["(?:implement|write|code|program|generate)(?: me)?\\b", generate],
];

function focusOf(clause: string): Record<string, unknown> {
  const focus = readFocus(clause);
  return focus.length > 0 ? { focus_areas: focus } : {};
}

function wordsOf(text: string): number {
  return text.trim() === "" ? 0 : text.trim().split(/\s+/).length;
}

/** A wish for each thing that is named. */
function each(
  object: string,
  tool: string,
  args: Record<string, unknown> = {},
): Wish[] | undefined {
  const subjects: Subject[] | undefined = readSubjects(object);
  return subjects?.map((on) => ({ tool, on, arguments: args }));
}

/** In the order in which they are tried. */
export const ROWS: Row[] = ROWS_OF_WORDS.map(([says, read]) => ({
  says: new RegExp(`^(?:${says})`, "i"),
  read,
}));
