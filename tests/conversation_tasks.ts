/** What people ask of the code tools, in many words, and what is right to do. Seeded. */
import { mulberry32 } from "../models/fakes/fake_weak_model.ts";
import type { TrueIntent } from "../models/fakes/fake_chat_answers.ts";

/** A message with what has to come of it. */
export interface ConversationTask {
  says: string;
  /** The tools that have to run, and no others. */
  tools: string[];
  /** Which must have run before which. */
  order: [before: string, after: string][];
  /** What a good model understands. */
  intent: TrueIntent;
  /** Files of the workspace that have to be read. */
  reads?: string[];
  /** Files that have to be written, and no others. */
  writes?: string[];
  /** Whether the code that was there already is to be changed, rather than something new written. */
  changes?: boolean;
  /** Tools that may run too, or a question be asked: the message is ambiguous. */
  may?: string[];
}

/** Files that the messages speak of. */
export const TASK_FILES: Record<string, string> = {
  "src/app.py":
    "import os\n\n\ndef area(width, height):\n    if width == None:\n        return 0\n    return width*height\n",
  "src/cart.py":
    "class Cart:\n    def __init__(self):\n        self.items = []\n\n    def add(self, item):\n        self.items.append(item)\n",
  "lib/text_tools.py":
    "def count(words):\n    total = {}\n    for word in words:\n        total[word] = total.get(word, 0) + 1\n    return total\n",
  "jobs/report.py": "def mean(values):\n    return sum(values) / len(values)\n",
};

const FILES = Object.keys(TASK_FILES);
const THINGS = [
  "the Fibonacci numbers up to n",
  "the words of a text with their counts",
  "all prime numbers below a limit",
  "Roman numerals from integers",
  "the longest common prefix of some strings",
  "the median of a list",
  "dates in ISO format out of free text",
  "the distance between two cities",
  "duplicate files of a folder",
  "the totals of a CSV file by month",
  "e-mail addresses found in a page",
  "the checksum of a file",
];
const IDEAS = [
  "people should be able to reset their password by mail",
  "our import takes too long and sometimes loses rows",
  "a page where support can see what a customer bought",
  "we want a nightly backup with a warning when it fails",
];
const CHANGES = [
  "handle empty input",
  "work without recursion",
  "accept any iterable",
  "log what it does",
];
const OUT = ["result.py", "src/helper.py", "tools/main.py", "lib/new_module.py"];
const TEST_OUT = ["tests/test_new.py", "test_all.py", "tests/test_it.py"];

interface Kind {
  tools: string[];
  /** As a model says it; `tools` when absent. */
  named?: string[];
  order?: [string, string][];
  says: string[];
}

const CODE = "generate_code";
const TESTS = "generate_tests";
const REVIEW = "review_code";
const FORMAT = "format_code";
const MEASURE = "analyze_complexity";
const SAVE = "write_file";
const TASK = "formalize_task";

const KINDS: Kind[] = [
  {
    tools: [CODE],
    says: [
      "write a function that returns {thing}",
      "Something that gives me {thing}, as Python code, would help a lot",
      "we're missing a helper here: it ought to produce {thing}. Could you come up with it?",
      "cook up some code for {thing}",
      "Any chance you put together a snippet computing {thing}?",
      "I'd love to have a little routine which yields {thing}",
      "hack together a small program around {thing}, nothing fancy",
    ],
  },
  {
    tools: [REVIEW],
    says: [
      "review {file}",
      "what's your opinion on {file}, any flaws in there?",
      "I have a bad feeling about {file}. Go hunting for mistakes in there",
      "would you give {file} a critical read and point out problems",
      "before I merge, please scrutinize {file}",
      "is there something fishy or insecure in {file}?",
      "{file} needs a second pair of eyes",
      "tell me the weak spots of the thing in {file}: bugs, smells, whatever you see in the quality",
    ],
  },
  {
    tools: [TESTS],
    says: [
      "tests for {file}",
      "{file} has no tests at all, change that",
      "I want {file} to be covered by pytest",
      "could {file} get some unit tests from you?",
      "make sure that nobody breaks {file}: regression tests please",
      "put {file} under test, edge cases included",
      "our coverage is poor because of {file}, so add test cases there",
    ],
  },
  {
    tools: [FORMAT, SAVE],
    named: [FORMAT],
    order: [[FORMAT, SAVE]],
    says: [
      "format {file}",
      "the layout of {file} is a mess, make it black-compatible",
      "bring {file} into proper PEP 8 shape, only whitespace and layout",
      "indentation in {file} is all over the place, tidy that",
      "could the imports of {file} be put in order and the formatting too",
      "please have {file} neatly formatted",
    ],
  },
  {
    tools: [MEASURE],
    says: [
      "how complex is {file}?",
      "give me the cyclomatic numbers for {file}",
      "I wonder whether {file} is too convoluted, get me its metrics",
      "some figures on how maintainable {file} is, please",
      "is {file} hard to read, in terms of cognitive complexity?",
      "put a number on how tangled {file} has become",
    ],
  },
  {
    tools: [TASK],
    says: [
      "formalize: {idea}",
      "turn this rough idea into requirements: {idea}",
      "here is what the boss said: {idea}. Make a proper ticket with acceptance criteria out of it",
      "I need a precise spec from this: {idea}",
      "break this down into clear steps and requirements for me: {idea}",
    ],
  },
  {
    tools: [REVIEW, SAVE],
    order: [[REVIEW, SAVE]],
    says: [
      "fix {file}",
      "get rid of the lint warnings in {file} and store the corrected version",
      "look for defects in {file}, correct them and write the file back to disk",
      "please repair whatever is wrong with {file} and save that",
    ],
  },
  {
    tools: [CODE, TESTS],
    order: [[CODE, TESTS]],
    says: [
      "write a function that returns {thing}, then write tests for it",
      "I need code for {thing}, and it has to come with pytest coverage",
      "come up with something for {thing} and prove with unit tests that it works",
      "build me {thing} as a module, test-covered of course",
      "code for {thing}. Unit tests too.",
      "let's have a helper computing {thing} plus a test suite around it",
    ],
  },
  {
    tools: [CODE, REVIEW],
    order: [[CODE, REVIEW]],
    says: [
      "write a function that returns {thing} and review it",
      "produce code for {thing}; afterwards have a critical look at what you made for bugs",
      "draft something for {thing}, and then tell me honestly what is bad about it in a review",
    ],
  },
  {
    tools: [CODE, TESTS, REVIEW],
    order: [[CODE, TESTS], [CODE, REVIEW]],
    says: [
      "write a class that manages {thing} with tests and review",
      "develop a component for {thing}, cover it with tests, and finally check its quality",
      "I want the full package for {thing}: implementation, unit tests and a code review",
      "create code for {thing}. I expect pytest tests for it as well as a critical review.",
      "first the code for {thing}, after that tests, last but not least an audit of it",
    ],
  },
  {
    tools: [CODE, TESTS, REVIEW, SAVE],
    order: [[CODE, TESTS], [CODE, REVIEW], [CODE, SAVE]],
    says: [
      "write a function that returns {thing}, then tests for it, then review it and save it as {out}",
      "do {thing} properly: code, tests, a review, and put the code into {out}",
      "implement something for {thing}, have it tested and reviewed, and the code should end up stored in {out}",
      "please program {thing}, cover it by tests, audit it for bugs; the code goes into {out}, so save it there",
    ],
  },
  {
    tools: [CODE, SAVE],
    order: [[CODE, SAVE]],
    says: [
      "write a function that returns {thing} and save it as {out}",
      "I want {out} to contain code for {thing}, write it",
      "generate something that computes {thing}; store that under {out}",
      "put a helper for {thing} into a new file {out}",
      "code for {thing}, kept in {out} please",
    ],
  },
  {
    tools: [REVIEW, TESTS],
    says: [
      "review {file}, then write tests for it",
      "{file}: I'd like both an honest review and unit tests",
      "check {file} for mistakes and cover it with tests as well",
      "what about {file}, any bugs? And it lacks tests, so add those",
    ],
  },
  {
    tools: [FORMAT, SAVE, REVIEW],
    named: [FORMAT, REVIEW],
    order: [[FORMAT, SAVE]],
    says: [
      "format {file} and review it",
      "clean up how {file} is laid out and indented, and list the bugs it has in a review",
      "tidy the formatting of {file}, and give me feedback on its quality afterwards",
    ],
  },
  {
    tools: [REVIEW, MEASURE],
    says: [
      "review {file} and measure its complexity",
      "assess {file}: bugs on one hand, complexity metrics on the other",
      "how complex is {file}, and does it have bugs?",
    ],
  },
  {
    tools: [TASK, CODE],
    order: [[TASK, CODE]],
    says: [
      "make a precise specification of this and then implement it: {idea}",
      "{idea}. Work out the requirements first, then write the code",
      "take this vague wish, formalize it, and build a first version: {idea}",
    ],
  },
  {
    tools: [TASK, CODE, TESTS, REVIEW],
    order: [[TASK, CODE], [CODE, TESTS], [CODE, REVIEW]],
    says: [
      "the whole way please, from clear requirements over code and tests to a review: {idea}",
      "{idea}. Specify it, program it, test it and review the result",
    ],
  },
  {
    tools: [TESTS, SAVE],
    order: [[TESTS, SAVE]],
    says: [
      "write tests for {file} and save them as {testOut}",
      "{file} should get unit tests, kept in {testOut}",
      "cover {file} with pytest and store that suite under {testOut}",
    ],
  },
  {
    tools: [CODE, TESTS],
    order: [[CODE, TESTS]],
    says: [
      "make it {change}, then write tests for it",
      "the code you gave me should {change}; adapt it and test the new version",
      "could this be changed so that it can {change}? With unit tests afterwards",
    ],
  },
  {
    tools: [CODE],
    says: [
      "rewrite it so that it can {change}",
      "that function ought to {change} as well, would you rework it",
      "I'd rather have it {change}, so modify the code accordingly",
    ],
  },
  {
    tools: [CODE, FORMAT, SAVE],
    order: [[CODE, FORMAT], [FORMAT, SAVE]],
    says: [
      "write a function that returns {thing}, format it, and save it to {out}",
      "code for {thing}, nicely formatted with black, stored as {out}",
      "produce {thing} in code, tidy its formatting and then save the outcome in {out}",
    ],
  },
];

/** Tasks of one to four tools; the same seed gives the same ones. */
export function conversationTasks(count: number, seed: number): ConversationTask[] {
  const random = mulberry32(seed);
  const pick = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)]!;
  return Array.from({ length: count }, () => {
    const kind = pick(KINDS);
    const words: Record<string, string> = {
      thing: pick(THINGS),
      file: pick(FILES),
      idea: pick(IDEAS),
      change: pick(CHANGES),
      out: pick(OUT),
      testOut: pick(TEST_OUT),
    };
    const said = pick(kind.says);
    const says = vary(said.replace(/\{(\w+)\}/g, (_, name) => words[name]!), random);
    return {
      says,
      tools: kind.tools,
      order: kind.order ?? [],
      intent: intentOf(kind, said, words),
    };
  });
}

/** As people type: sometimes polite, in small letters, without a full stop. */
function vary(says: string, random: () => number): string {
  const roll = random();
  if (roll < 0.15) return `${says}, please`;
  if (roll < 0.25) return `Hi! ${says}`;
  if (roll < 0.35 && !/^\w+\//.test(says)) return says[0]!.toUpperCase() + says.slice(1);
  return roll < 0.4 ? `${says} ` : says;
}

function intentOf(
  { tools, named = tools }: Kind,
  said: string,
  words: Record<string, string>,
): TrueIntent {
  const uses = (name: string) => said.includes(`{${name}}`) ? words[name] : undefined;
  const description = uses("thing") ?? uses("change") ?? uses("idea");
  const path = uses("out") ?? uses("testOut") ?? uses("file");
  return {
    goal: `The person wants this: ${named.join(", ")}.`,
    tools: named,
    parameters: { ...description ? { description } : {}, ...path ? { path } : {} },
  };
}
