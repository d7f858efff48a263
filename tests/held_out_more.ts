/** A second set, of the kinds that are easily misread: half orders, denials, corrections, stories. */

/** `generate>test generate>write`: what has to run before what. */
export type HeldOutRow = [
  says: string,
  steps: string,
  parameters?: Record<string, string>,
  may?: string,
];

const APP = { path: "src/app.py" };
const CART = { path: "src/cart.py" };
const TEXT = { path: "lib/text_tools.py" };
const REPORT = { path: "jobs/report.py" };

/** Messages that want one to four tools. */
export const MORE_WISHES: HeldOutRow[] = [
  ["review src/app.py but skip the tests for now", "review", APP],
  ["just tests for src/cart.py, no review", "test", CART],
  ["tests for lib/text_tools.py but don't save them", "test", TEXT],
  ["no, I meant src/cart.py. review that one", "review", CART],
  ["sorry wrong file, format jobs/report.py instead", "format", REPORT],
  ["ok now the same for lib/text_tools.py: complexity", "measure", TEXT],
  ["I think there's a bug in jobs/report.py. Find it.", "review", REPORT],
  ["we got a customer complaint about the cart, look into src/cart.py", "review", CART],
  ["my lead says area() is buggy. can you check src/app.py?", "review", APP],
  ["before lunch: one review of src/app.py. after lunch: nothing", "review", APP],
  ["src/cart.py review", "review", CART],
  ["lib/text_tools.py -> complexity", "measure", TEXT],
  ["src/app.py: format", "format", APP],
  ["tests: jobs/report.py", "test", REPORT],
  ["review src/app.py. I don't need a summary of what it does.", "review", APP],
  ["Review src/cart.py as if you were a grumpy senior engineer.", "review", CART],
  ["is there dead code or anything dangerous in lib/text_tools.py", "review", TEXT],
  ["can i merge src/cart.py like this?", "review", CART],
  ["rate the quality of src/app.py", "review", APP],
  ["look for sql injection in src/app.py", "review", { ...APP, focus_areas: "security" }],
  ["the indentation of that is off", "format"],
  ["black it", "format", { formatter: "black" }],
  ["fix the whitespace, nothing else", "format"],
  ["how bad is the nesting in src/cart.py", "measure", CART],
  ["give me numbers: maintainability of jobs/report.py", "measure", REPORT],
  ["loc and complexity of src/app.py plz", "measure", APP],
  ["jobs/report.py needs tests. pytest. edge cases too.", "test", {
    ...REPORT,
    test_framework: "pytest",
  }],
  ["what tests are missing for src/app.py? add them", "test", APP],
  ["I want to refactor src/cart.py later, so pin its behaviour with tests first", "test", CART],
  ["unit tests!!", "test"],
  ["tests pls", "test"],
  ["regex for german zip codes", "generate", { description: "A regex for German zip codes" }],
  ["dockerfile for a flask app", "generate", { description: "A Dockerfile for a Flask app" }],
  ["sum of digits function, js", "generate", {
    description: "Sum of digits",
    language: "javascript",
  }],
  ["I'm stuck on a rate limiter, can you write one? token bucket, python", "generate", {
    description: "A token bucket rate limiter",
    language: "python",
  }],
  ["show me how you'd write a context manager for timing code", "generate", {
    description: "A context manager that times code",
  }],
  ["a function that tests if a number is prime", "generate", {
    description: "Say whether a number is prime",
  }],
  ["write a class that formats reports and saves them to disk", "generate", {
    description: "A class that formats reports and saves them to disk",
  }],
  ["script: read a.csv, drop empty rows, write b.csv", "generate", {
    description: "Read a.csv, drop empty rows, write b.csv",
  }],
  ["code that checks whether a review is positive or negative", "generate", {
    description: "Say whether a review is positive",
  }],
  ["could you do that with a dict instead", "generate", { description: "Use a dict" }],
  ["shorter please", "generate", { description: "Make it shorter" }],
  ["same thing in go", "generate", { description: "The same in Go", language: "go" }],
  ["remove the print statements from it", "generate", { description: "Remove print statements" }],
  ["total() should raise a ValueError on an empty list", "generate", {
    description: "Raise a ValueError on an empty list",
  }],
  ["as a spec please: customers can cancel within 14 days", "formalize", {
    informal_request: "Customers can cancel within 14 days",
  }],
  ["acceptance criteria for 'search should be faster'", "formalize", {
    informal_request: "Search should be faster",
  }],
  [
    "I have a vague idea: something that reminds people to drink water. Make that precise.",
    "formalize",
    {
      informal_request: "Something that reminds people to drink water",
    },
  ],
  ["split this into steps: move the blog from php to python", "formalize", {
    informal_request: "Move the blog from PHP to Python",
  }],
  ["save that as src/sum.py, overwrite if needed", "write", { path: "src/sum.py" }],
  ["into total.py with it", "write", { path: "total.py" }],
  ["keep this in snippets/total.py", "write", { path: "snippets/total.py" }],
  ["add a retry decorator with tests, but do not save anything", "generate>test", {
    description: "A retry decorator",
  }],
  ["quick sort and bubble sort in python, then compare their complexity", "generate>measure", {
    description: "Quick sort and bubble sort",
    language: "python",
  }],
  ["write me an ini parser. Afterwards I want to see tests. No review needed.", "generate>test", {
    description: "A parser of INI files",
  }],
  [
    "please write a min heap, check your own work, and put it in heap.py",
    "generate>review generate>write",
    {
      description: "A min heap",
      path: "heap.py",
    },
  ],
  [
    "I'd like an event bus in python + tests, save the code to bus.py and the tests to test_bus.py",
    "generate>test>write",
    {
      description: "An event bus",
      language: "python",
    },
  ],
  ["review jobs/report.py, measure it too. skip formatting.", "review measure", REPORT],
  ["src/app.py: bugs? complexity? tests?", "review measure test", APP],
  ["clean up src/cart.py (formatting), then tell me what you'd improve", "format>review", CART],
  [
    "make total() generic, then tests, then save both: total.py and test_total.py",
    "generate>test>write",
    {
      description: "Make total() generic",
    },
  ],
];

/** Messages that want none. */
export const MORE_TALK: HeldOutRow[] = [
  ["I reviewed src/app.py and found nothing", ""],
  ["don't touch src/app.py", ""],
  ["please stop writing tests I didn't ask for", ""],
  ["you formatted the wrong file", ""],
  ["that's not what I meant by format", ""],
  ["no tests, no review, nothing. let me explain first", ""],
  ["let me think about it", ""],
  ["I'll write the tests myself", ""],
  ["I'm going to save it later", ""],
  ["we should review it tomorrow", ""],
  ["maybe we should add tests at some point", "", {}, "generate_tests"],
  ["What would you test first?", ""],
  ["how many tests should a function have", ""],
  ["which formatter do you use", ""],
  ["does review_code need a model?", ""],
  ["is generate_tests free?", ""],
  ["what happens when I say 'save it as x.py'?", ""],
  ["if I asked you to review src/app.py, what would you look at?", ""],
  ["can you review code?", "", {}, "review_code"],
  ["are you able to write files?", ""],
  ["do you write tests with pytest or unittest by default?", ""],
  ["explain why black puts trailing commas everywhere", ""],
  ["explain the review", ""],
  ["explain the third issue in more detail", ""],
  ["what did you change", ""],
  ["tell me more about point 2", ""],
  ["why 79 columns", ""],
  ["how would I call this function?", ""],
  ["what does total return for an empty list?", ""],
  ["is total thread safe?", "", {}, "review_code"],
  ["what's the big-o of this?", "", {}, "analyze_complexity"],
  ["my tests fail with ImportError: no module named cart", ""],
  ["pytest says 'fixture not found', what does that mean", ""],
  ["getting a TypeError when I call total(None), why?", ""],
  ["what's the difference between black and ruff format", ""],
  ["recommend a book on refactoring", ""],
  ["write a limerick about merge conflicts", ""],
  ["write a birthday card for my code reviewer", ""],
  ["make up a test question for a job interview", ""],
  ["write an apology to the QA team", ""],
  ["give me feedback on my career plan", ""],
  ["help me plan my holiday", "", {}, "formalize_task"],
  ["check the weather", ""],
  ["check my calendar for tomorrow", ""],
  ["save the date: party on friday", ""],
  ["save me some time and just say yes or no: is goto evil?", ""],
  ["format of the meeting tomorrow?", ""],
  ["the format of the date is wrong in our app, right?", ""],
  ["test test, is this thing on?", "", {}, "generate_tests"],
  ["review of the year: what happened in 2025?", ""],
  ["generate some enthusiasm please", ""],
  ["code is poetry", ""],
  ["measure twice, cut once", ""],
  ["fix your attitude", ""],
  ["fix dinner for me", ""],
  ["sort it out yourself", ""],
  ["undo that", ""],
  ["cancel", ""],
  ["no", ""],
  ["yes please", "", {}, "generate_code generate_tests review_code"],
  ["cool, what else could we do with it?", ""],
  ["that's enough reviewing for today", ""],
  ["implement it? no way, too risky", ""],
  ["lol your tests are longer than my code", ""],
];
