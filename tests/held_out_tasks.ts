/** Messages as developers type them, written without a look at the rules that read them. */
import type { TrueIntent } from "../models/fakes/fake_chat_answers.ts";
import { type ConversationTask, TASK_FILES } from "./conversation_tasks.ts";
import { type HeldOutRow, MORE_TALK, MORE_WISHES } from "./held_out_more.ts";

const SHORT: Record<string, string> = {
  generate: "generate_code",
  test: "generate_tests",
  review: "review_code",
  format: "format_code",
  measure: "analyze_complexity",
  formalize: "formalize_task",
  write: "write_file",
};

const APP = { path: "src/app.py" };
const CART = { path: "src/cart.py" };
const TEXT = { path: "lib/text_tools.py" };
const REPORT = { path: "jobs/report.py" };

const ONE_STEP: HeldOutRow[] = [
  // review
  ["review src/app.py pls", "review", APP],
  ["can u take a look at src/cart.py and tell me whats wrong with it", "review", CART],
  ["Anything fishy in lib/text_tools.py?", "review", TEXT],
  ["code review for jobs/report.py, thanks!", "review", REPORT],
  ["reveiw src/cart.py", "review", CART],
  ["I just pushed src/app.py. Could you go over it before I open the PR?", "review", APP],
  ["Please check src/app.py for bugs.", "review", APP],
  ["find bugs in jobs/report.py", "review", REPORT],
  ["what would a strict reviewer say about lib/text_tools.py", "review", TEXT],
  ["Any security problems in src/app.py?", "review", { ...APP, focus_areas: "security" }],
  ["lint lib/text_tools.py", "review", TEXT],
  ["does src/cart.py follow pep8?", "review", { ...CART, style_guide: "pep8" }],
  ["look through cart.py for me, something feels off", "review", CART],
  ["give me feedback on report.py", "review", REPORT],
  ["Would you mind critiquing src/app.py? I'm new to Python.", "review", APP],
  ["critique the code we have so far", "review"],
  ["now review that", "review"],
  ["whats bad about this code", "review"],
  ["pls audit src/app.py, be harsh", "review", APP],
  ["second pair of eyes on src/cart.py please", "review", CART],
  // format
  ["format src/app.py", "format", APP],
  ["formt src/app.py pls", "format", APP],
  ["run black over src/app.py", "format", { ...APP, formatter: "black" }],
  ["tidy up the whitespace in lib/text_tools.py", "format", TEXT],
  ["sort the imports of src/app.py", "format", { ...APP, formatter: "isort" }],
  ["pretty print jobs/report.py", "format", REPORT],
  ["the indentation in src/cart.py is a mess, can you straighten it out", "format", CART],
  ["beautify it", "format"],
  ["black src/cart.py with line length 79", "format", {
    ...CART,
    formatter: "black",
    line_length: "79",
  }],
  ["show me how src/app.py looks properly formatted", "format", APP],
  ["autopep8 on lib/text_tools.py", "format", { ...TEXT, formatter: "autopep8" }],
  ["isort src/app.py", "format", { ...APP, formatter: "isort" }],
  ["could you reformat that?", "format"],
  // measure
  ["how complex is src/app.py", "measure", APP],
  ["cyclomatic complexity of lib/text_tools.py?", "measure", TEXT],
  ["Which function in src/cart.py is the hairiest?", "measure", CART],
  ["complexity jobs/report.py", "measure", REPORT],
  ["measure it", "measure"],
  ["get me the maintainability index for src/app.py", "measure", APP],
  ["halstead numbers for src/cart.py please", "measure", CART],
  ["radon-style metrics on lib/text_tools.py", "measure", TEXT],
  ["is src/app.py getting too complicated? give me numbers", "measure", APP],
  ["analyse the complexity of the code you just wrote", "measure"],
  ["how many branches does count() in lib/text_tools.py have", "measure", TEXT, "review_code"],
  // tests
  ["write tests for src/cart.py", "test", CART],
  ["tests for jobs/report.py plz", "test", REPORT],
  ["I need unit tests for lib/text_tools.py, use unittest", "test", {
    ...TEXT,
    test_framework: "unittest",
  }],
  ["src/cart.py has zero coverage, fix that", "test", CART],
  ["cover src/app.py with pytest", "test", { ...APP, test_framework: "pytest" }],
  ["can you come up with some test cases for it?", "test"],
  ["add tests", "test"],
  ["make sure src/app.py is tested, aim for 90% coverage", "test", {
    ...APP,
    coverage_target: "90",
  }],
  ["gimme pytest tests for the Cart class in src/cart.py", "test", CART],
  ["Now the same but as tests: how would you test mean() in jobs/report.py? Write them.", "test", {
    ...REPORT,
  }],
  ["unit test this", "test"],
  // generate
  ["python function that flattens nested lists", "generate", {
    description: "Flatten nested lists",
    language: "python",
  }],
  ["write a function to debounce calls in typescript", "generate", {
    description: "Debounce calls",
    language: "typescript",
  }],
  ["i need a bash script which renames all jpgs by date", "generate", {
    description: "Rename all JPG files by date",
    language: "bash",
  }],
  ["Could you code up an LRU cache? In Go please.", "generate", {
    description: "An LRU cache",
    language: "go",
  }],
  ["whip up a tiny flask app with a health endpoint", "generate", {
    description: "A small Flask app with a health endpoint",
  }],
  ["quick: regex based tokenizer for arithmetic expressions", "generate", {
    description: "A regex-based tokenizer for arithmetic expressions",
  }],
  ["sql query that returns the top 5 customers per month", "generate", {
    description: "The top 5 customers per month",
    language: "sql",
  }],
  ["implement quicksort in rust", "generate", { description: "Quicksort", language: "rust" }],
  ["Give me a decorator that retries a function three times with backoff.", "generate", {
    description: "A decorator that retries a function three times with backoff",
  }],
  ["help me parse nginx logs, some python that groups them by status", "generate", {
    description: "Parse nginx logs and group them by status",
    language: "python",
  }],
  ["make a class for a bounded queue, thread safe", "generate", {
    description: "A thread-safe bounded queue",
  }],
  ["we need something that converts celsius to fahrenheit, java", "generate", {
    description: "Convert Celsius to Fahrenheit",
    language: "java",
  }],
  ["genrate a fucntion that validates IBANs", "generate", { description: "Validate IBANs" }],
  ["Binary search in C, iterative.", "generate", {
    description: "Iterative binary search",
    language: "c",
  }],
  ["build me a small cli with argparse that greets a user", "generate", {
    description: "A small command line program with argparse that greets a user",
  }],
  ["Can you rewrite that in javascript?", "generate", {
    description: "The same in JavaScript",
    language: "javascript",
  }],
  ["make it async", "generate", { description: "Make it asynchronous" }],
  ["add type hints and a docstring to it", "generate", {
    description: "Add type hints and a docstring",
  }],
  ["hmm it should also skip None values", "generate", { description: "Skip None values too" }],
  ["code a function that checks whether a string is a palindrome", "generate", {
    description: "Check whether a string is a palindrome",
  }],
  ["create an endpoint in express that uploads files", "generate", {
    description: "An Express endpoint that uploads files",
    language: "javascript",
  }],
  ["write a test data generator for orders", "generate", {
    description: "A generator of test data for orders",
  }],
  ["write a code formatter for json files in python", "generate", {
    description: "A formatter for JSON files",
    language: "python",
  }],
  ["function that reviews a password and says how strong it is", "generate", {
    description: "Say how strong a password is",
  }],
  // formalize
  ["turn this into requirements: users can share a wishlist with friends", "formalize", {
    informal_request: "Users can share a wishlist with friends",
  }],
  ["write a spec for a login page with two factor auth", "formalize", {
    informal_request: "A login page with two-factor authentication",
  }],
  [
    "My boss wants 'a dashboard thing for sales'. Make proper requirements out of it.",
    "formalize",
    {
      informal_request: "A dashboard for sales",
    },
  ],
  ["break down the task: migrate our user table to uuid keys", "formalize", {
    informal_request: "Migrate the user table to UUID keys",
  }],
  ["formalize: the shop should send a reminder when a cart is abandoned", "formalize", {
    informal_request: "The shop should send a reminder when a cart is abandoned",
  }],
  [
    "Can you formalise the following request? Customers want invoices as PDF by mail.",
    "formalize",
    {
      informal_request: "Customers want invoices as PDF by mail",
    },
  ],
  ["what are the requirements for a rate limiter service, write them down as steps", "formalize", {
    informal_request: "A rate limiter service",
  }],
  ["user story please: admins can ban spammers", "formalize", {
    informal_request: "Admins can ban spammers",
  }],
  // write
  ["save it to src/totals.py", "write", { path: "src/totals.py" }],
  ["put that in utils/total.py", "write", { path: "utils/total.py" }],
  ["write this code to total.py please", "write", { path: "total.py" }],
  ["store the function as lib/total.py", "write", { path: "lib/total.py" }],
  ["ok good. dump it into scripts/total.py", "write", { path: "scripts/total.py" }],
  ["save the last code in app/total.py, thx", "write", { path: "app/total.py" }],
];

const TWO_STEPS: HeldOutRow[] = [
  ["function for leap years in python, with tests", "generate>test", {
    description: "Say whether a year is a leap year",
    language: "python",
  }],
  ["write a slugify function and test it", "generate>test", {
    description: "Turn a title into a slug",
  }],
  ["I want a stack class in typescript plus unit tests for it", "generate>test", {
    description: "A stack class",
    language: "typescript",
  }],
  ["implement dijkstra, then review what you wrote", "generate>review", {
    description: "Dijkstra's algorithm",
  }],
  ["code me a csv to json converter. after that check it for problems", "generate>review", {
    description: "Convert CSV to JSON",
  }],
  ["make a merge sort and tell me its complexity numbers", "generate>measure", {
    description: "Merge sort",
  }],
  ["write a caesar cipher and save it as cipher.py", "generate>write", {
    description: "A Caesar cipher",
    path: "cipher.py",
  }],
  ["generate a hello world in go -> main.go", "generate>write", {
    description: "Hello world",
    language: "go",
    path: "main.go",
  }],
  ["a script that pings a list of hosts, put it into ops/ping.py", "generate>write", {
    description: "Ping a list of hosts",
    path: "ops/ping.py",
  }],
  ["review and format src/app.py", "review format", APP],
  ["format src/cart.py and then review it", "format>review", CART],
  ["review jobs/report.py, then format it", "review format", REPORT],
  ["First sort the imports in src/app.py, then tell me how complex it is.", "format>measure", {
    ...APP,
    formatter: "isort",
  }],
  ["format src/app.py and save it", "format>write", APP, ""],
  ["clean up the formatting of src/cart.py in place", "format>write", CART],
  ["reformat lib/text_tools.py and overwrite the file", "format>write", TEXT],
  ["blacken jobs/report.py and write it back", "format>write", {
    ...REPORT,
    formatter: "black",
  }],
  ["review src/cart.py and write tests for it", "review test", CART],
  ["tests for lib/text_tools.py and a review too", "test review", TEXT],
  ["how complex is src/cart.py? also look for bugs", "measure review", CART],
  ["complexity + review of src/app.py", "measure review", APP],
  ["Write tests for src/cart.py and save them to tests/test_cart.py", "test>write", CART],
  ["test src/app.py, put the tests in tests/test_app.py", "test>write", APP],
  ["unittest tests for jobs/report.py into tests/test_report.py", "test>write", {
    ...REPORT,
    test_framework: "unittest",
  }],
  ["write some tests for it and store those under tests/test_total.py", "test>write", {
    path: "tests/test_total.py",
  }],
  ["spec out a url shortener and implement it", "formalize>generate", {
    informal_request: "A URL shortener",
    description: "A URL shortener",
  }],
  [
    "First write down the requirements for a todo api, then code it in python",
    "formalize>generate",
    {
      informal_request: "An API for todo lists",
      description: "An API for todo lists",
      language: "python",
    },
  ],
  ["make it handle negative numbers and add tests", "generate>test", {
    description: "Handle negative numbers",
  }],
  ["change it to return a float, then save to total.py", "generate>write", {
    description: "Return a float",
    path: "total.py",
  }],
  ["review it and measure its complexity", "review measure"],
  ["format it then store it in src/total.py", "format>write", { path: "src/total.py" }],
  ["before you review src/app.py, format it", "format>review", APP],
  ["write tests for src/cart.py but review it first", "review test", CART],
  ["measure lib/text_tools.py after formatting it", "format>measure", TEXT],
  [
    "Could you do a quick review of lib/text_tools.py and, while at it, fix the formatting?",
    "review format",
    TEXT,
  ],
  ["new function: gcd of a list. check the style afterwards", "generate>review", {
    description: "The greatest common divisor of a list",
  }],
  ["i want a temperature converter, nicely formatted", "generate", {
    description: "A temperature converter",
  }, "format_code"],
  ["review src/app.py and src/cart.py", "review", APP],
  ["format both jobs/report.py and lib/text_tools.py", "format", REPORT],
  ["compare the complexity of src/app.py and src/cart.py", "measure", APP],
  [
    "whats the complexity of report.py and are there any tests you'd add? write them",
    "measure test",
    REPORT,
  ],
  ["please lint src/cart.py and calculate its metrics", "review measure", CART],
];

const MORE_STEPS: HeldOutRow[] = [
  ["write a roman numeral converter, test it and review it", "generate>test generate>review", {
    description: "Convert Roman numerals",
  }],
  [
    "A password generator in python. With tests. Save it to passgen.py.",
    "generate>test generate>write",
    {
      description: "A password generator",
      language: "python",
      path: "passgen.py",
    },
  ],
  ["review, format and measure src/app.py", "review format measure", APP],
  ["format src/cart.py, review it, then generate tests", "format>review test", CART],
  ["the full treatment for src/app.py: review, complexity, tests", "review measure test", APP],
  [
    "do a function for moving averages, review it, and if it's fine save it to stats/avg.py",
    "generate>review review>write",
    {
      description: "Moving averages",
      path: "stats/avg.py",
    },
  ],
  ["specify, implement and test a shopping list service", "formalize>generate>test", {
    informal_request: "A shopping list service",
    description: "A shopping list service",
  }],
  [
    "requirements for a chat bot first, then the code, then a review of the code",
    "formalize>generate>review",
    {
      informal_request: "A chat bot",
      description: "A chat bot",
    },
  ],
  [
    "write a bloom filter, tests for it, review everything and save the code in bloom.py",
    "generate>test generate>review generate>write",
    {
      description: "A Bloom filter",
      path: "bloom.py",
    },
  ],
  [
    "format lib/text_tools.py, write it back and tell me the complexity",
    "format>write measure",
    TEXT,
  ],
  [
    "Please review jobs/report.py. Then write tests. Finally format the file.",
    "review test format",
    REPORT,
  ],
  [
    "generate a trie, check complexity, put it in trie.py",
    "generate>measure generate>write",
    {
      description: "A trie",
      path: "trie.go",
    },
  ],
  [
    "can you review it, add tests and store the tests in tests/test_total.py?",
    "review test>write",
    {
      path: "tests/test_total.py",
    },
  ],
  [
    "implement a matrix class + pytest tests + format it + review it",
    "generate>test generate>format generate>review",
    {
      description: "A matrix class",
    },
  ],
  [
    "i need an email validator: code, tests, and numbers on complexity",
    "generate>test generate>measure",
    {
      description: "Validate e-mail addresses",
    },
  ],
  [
    "Take src/cart.py, review it, measure it, and write tests to tests/test_cart.py",
    "review measure test>write",
    CART,
  ],
  [
    "first formalize 'sync contacts with google', then write the code, tests for it and review it",
    "formalize>generate>test generate>review",
    {
      informal_request: "Sync contacts with Google",
      description: "Sync contacts with Google",
    },
  ],
  ["binary tree class, format it, save as tree.py", "generate>format>write", {
    description: "A binary tree class",
    path: "tree.py",
  }],
  ["make it recursive, review the result and save to rec.py", "generate>review generate>write", {
    description: "Make it recursive",
    path: "rec.py",
  }],
  ["review src/cart.py; format src/cart.py; test src/cart.py", "review format test", CART],
  [
    "How bad is jobs/report.py? Measure it, review it, and give me tests.",
    "measure review test",
    REPORT,
  ],
  ["need a jwt decoder w/ tests, reviewed, pls. python", "generate>test generate>review", {
    description: "Decode JWTs",
    language: "python",
  }],
  [
    "write a parser for ini files. test it with unittest. check how complex it got. thanks",
    "generate>test generate>measure",
    {
      description: "Parse INI files",
      test_framework: "unittest",
    },
  ],
  [
    "after writing a fizzbuzz, review it and save it as fizz.py",
    "generate>review generate>write",
    {
      description: "FizzBuzz",
      path: "fizz.rb",
    },
  ],
];

const NO_TOOL: HeldOutRow[] = [
  // concepts
  ["what is cyclomatic complexity?", ""],
  ["whats the difference between a unit test and an integration test", ""],
  ["How does pytest find its tests?", ""],
  ["why do people review code at all", ""],
  ["is black better than autopep8?", ""],
  ["explain decorators to me", ""],
  ["what does 'format' mean in python f-strings", ""],
  ["how do I write a file in python?", ""],
  ["When should I use a generator instead of a list?", ""],
  ["tell me about test driven development", ""],
  ["is recursion slower than a loop?", ""],
  ["pros and cons of type hints", ""],
  ["what's a good coverage target for a library", ""],
  ["how do code reviews work at big companies?", ""],
  ["does isort change the meaning of a program", ""],
  ["Can a function with complexity 30 ever be ok?", ""],
  ["who invented quicksort", ""],
  ["what would happen if I formatted the whole repo at once?", ""],
  ["what would happen if I ran generate_tests on a file without functions", ""],
  ["how long does a review usually take you?", ""],
  // small talk and feedback
  ["hi", ""],
  ["thanks, that's perfect", ""],
  ["good morning! how are you", ""],
  ["lol nice", ""],
  ["ok", ""],
  ["that review was really helpful", ""],
  ["the tests you wrote look good to me", ""],
  ["I like the code.", ""],
  ["hm, not sure about that", ""],
  ["wow that was fast", ""],
  ["bye, see you tomorrow", ""],
  ["who are you", ""],
  ["what can you do?", ""],
  ["which tools do you have", ""],
  // don't
  ["don't review anything yet", ""],
  ["please don't write any files", ""],
  ["do not format my code, I like it this way", ""],
  ["stop, no more tests please", ""],
  ["no need to save it", ""],
  ["never mind the tests", ""],
  ["I don't want a review, just a chat", ""],
  ["wait, before you generate anything let me think", ""],
  ["you don't have to write tests for that", ""],
  ["no code please, just tell me in words how you would build a cache", ""],
  // quoting tool words, statements
  ['my colleague said "review src/app.py" to me yesterday, what did he mean?', ""],
  ["the word review comes from french, right?", ""],
  ["our team writes tests on Fridays", ""],
  ["I already formatted src/cart.py this morning.", ""],
  ["we had a code review today and it went badly", ""],
  ["the docs say 'write tests for it', which tests do they mean", ""],
  ["what does the command write_file do", ""],
  ["how is generate_code different from formalize_task?", ""],
  ["what does the analyze_complexity tool measure exactly", ""],
  ["the linter complains about my imports, why does it care", ""],
  ["My test suite takes 20 minutes. Is that normal?", ""],
  ["I'm writing a book about code review", ""],
  ["did you save it?", ""],
  ["have you reviewed src/app.py already?", ""],
  ["why did you write it that way", ""],
  ["why is the complexity so high", ""],
  ["what did the review say again?", ""],
  ["should I write tests before or after the code?", ""],
  ["would you format this differently?", "", {}, "format_code review_code"],
  ["how would you test something like that? only in words", ""],
  // other things
  ["write me a poem", ""],
  ["write a haiku about semicolons", ""],
  ["draft an email to my boss that the release slips", ""],
  ["tell me a joke about python", ""],
  ["translate 'good morning' to spanish", ""],
  ["write down that I prefer tabs", ""],
  ["summarize our conversation", ""],
  ["run the tests", ""],
  ["git push please", ""],
  ["what time is it", ""],
  ["give me a good name for a cat", ""],
  ["make me a coffee", ""],
  ["create a good mood", ""],
  ["test", "", {}, "generate_tests"],
  ["what does src/app.py do?", "", {}, "review_code"],
  ["explain lib/text_tools.py to me", "", {}, "review_code"],
  ["where is the Cart class defined", ""],
  // ambiguous
  ["make it better", "", {}, "generate_code review_code"],
  ["fix it", "", {}, "generate_code review_code"],
  ["src/app.py", "", {}, "review_code"],
  ["what about src/cart.py", "", {}, "review_code"],
  ["help", ""],
  ["do your thing", "", {}, "review_code"],
  ["and now?", ""],
];

/** Of what was there; all other code is new. */
const CHANGES = new Set([
  "Can you rewrite that in javascript?",
  "make it async",
  "make it better",
  "add type hints and a docstring to it",
  "hmm it should also skip None values",
  "make it handle negative numbers and add tests",
  "change it to return a float, then save to total.py",
  "make it recursive, review the result and save to rec.py",
  "could you do that with a dict instead",
  "shorter please",
  "same thing in go",
  "remove the print statements from it",
  "total() should raise a ValueError on an empty list",
  "make total() generic, then tests, then save both: total.py and test_total.py",
]);

/** Messages that want one to four tools. */
export const HELD_OUT_WISHES = [...ONE_STEP, ...TWO_STEPS, ...MORE_STEPS, ...MORE_WISHES].map(
  toTask,
);

/** Messages that want none. */
export const HELD_OUT_TALK = [...NO_TOOL, ...MORE_TALK].map(toTask);

function toTask([says, steps, parameters = {}, may = ""]: HeldOutRow): ConversationTask {
  const chains = steps.split(" ").filter(Boolean).map((chain) => chain.split(">"));
  const named = chains.map((chain) => chain.map((name) => SHORT[name]!));
  const tools = [...new Set(named.flat())];
  const said = says.match(/\b[\w/]+\.(?:py|go)\b/g) ?? [];
  const outputs = said.filter((file) => !(file in TASK_FILES) && !isShort(file));
  const { path = "" } = parameters;
  return {
    says,
    tools,
    order: named.flatMap((chain) =>
      chain.slice(1).map((after, at): [string, string] => [chain[at]!, after])
    ),
    intent: toIntent(says, tools, parameters),
    changes: CHANGES.has(says),
    reads: readFiles(says, path),
    writes: tools.includes("write_file") ? outputs.length > 0 ? outputs : [path] : [],
    may: [...may.split(" ").filter(Boolean), ...isInPlace(says, named, path) ? ["write_file"] : []],
  };
}

function toIntent(says: string, tools: string[], parameters: Record<string, string>): TrueIntent {
  return { goal: says, tools: tools.length > 0 ? tools : ["answer"], parameters };
}

function readFiles(says: string, path: string): string[] {
  if (!(path in TASK_FILES)) return [];
  return [...new Set([path, ...Object.keys(TASK_FILES).filter((file) => says.includes(file))])];
}

/** A file is formatted in place, as by `devmcp format`; who wants to see it only says so. */
function isInPlace(says: string, named: string[][], path: string): boolean {
  return path in TASK_FILES && named.flat().includes("format_code") && !says.startsWith("show me");
}

/** Whether it is the end of the name of a file that is there, such as `cart.py`. */
function isShort(file: string): boolean {
  return Object.keys(TASK_FILES).some((path) => path.endsWith(`/${file}`));
}
