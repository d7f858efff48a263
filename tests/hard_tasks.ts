/** Conversations that go wrong on the way, or over many messages. Seeded. */
import { mulberry32 } from "../models/fakes/fake_weak_model.ts";
import type { TrueIntent } from "../models/fakes/fake_chat_answers.ts";
import { TASK_FILES } from "./conversation_tasks.ts";

type Arguments = Record<string, unknown>;

/** A message, what a good model makes of it, and what has to come of it. */
export interface HardMessage {
  says: string;
  intent: TrueIntent & { confidence?: number; unclear?: { question: string; choices: string[] }[] };
  /** What a good model plans where it is asked to. */
  plan?: { tool: string; needs: string[] }[];
  /** After a step failed. */
  otherPlan?: { tool: string; needs: string[] }[];
  /** What a good model fills in, by tool. */
  args?: Record<string, Arguments>;
  /** After the tool said no. */
  otherArgs?: Record<string, Arguments>;
  /** Tools that succeeded, in the order of the plan; undefined: no outcome is the right one. */
  done?: string[];
  /** Arguments that calls have to have had, by tool. */
  calledWith?: Record<string, Arguments>;
  status?: "done" | "failed" | "stopped";
  /** What the notices or the answer have to say. */
  tells?: RegExp;
  /** Of the person, at most; 0 when absent. */
  questions?: number;
  /** The text that each call of these tools was to work on: as `made` last by a tool, or of a file. */
  on?: Record<string, { made: string } | { file: string }>;
}

/** What people say one after the other. */
export interface HardConversation {
  kind: string;
  messages: HardMessage[];
  /** What the person answers to any question; undefined: nobody is there. */
  answer?: string;
  /** Tools that fail, by name: how often, and what they say. */
  fails?: Record<string, { times: number; says: string }>;
}

type Pick = <T>(items: readonly T[]) => T;

const FILES = Object.keys(TASK_FILES);
const NUMBERS = ["4711", "1003", "88", "20260", "512"];
const CODE = "generate_code";
const TESTS = "generate_tests";
const REVIEW = "review_code";
const FORMAT = "format_code";
const MEASURE = "analyze_complexity";
const SAVE = "write_file";

const intent = (tools: string[], parameters: Record<string, string> = {}) => ({
  goal: "What was asked for.",
  tools,
  parameters,
});

const SINGLE: Record<string, (pick: Pick) => HardConversation> = {
  "a foreign tool": (pick) => {
    const id = pick(NUMBERS);
    const says = pick([`show me order ${id} of the shop`, `shop: what is in order ${id}?`]);
    return one("a foreign tool", {
      says,
      intent: intent(["shop:get_order"], { order_id: id }),
      done: ["shop:get_order"],
      calledWith: { "shop:get_order": { order_id: id } },
    });
  },
  "a name like our own": (pick) => {
    const code = pick(["SAVE10", "XMAS", "WELCOME5"]);
    return one("a name like our own", {
      says: pick([`review the discount code ${code} in the shop`, `shop: review discount ${code}`]),
      intent: intent(["shop:review_code"], { code }),
      done: ["shop:review_code"],
      calledWith: { "shop:review_code": { code } },
    });
  },
  "our own beside a name like it": (pick) => {
    const path = pick(FILES);
    return one("our own beside a name like it", {
      says: pick([`any mistakes in ${path}?`, `please scrutinize ${path} for me`]),
      intent: intent([REVIEW], { path }),
      done: [REVIEW],
      calledWith: { [REVIEW]: { path } },
    });
  },
  "filled in by the model": (pick) => {
    const [name, address] = [pick(["Ada", "Grace"]), pick(["Main Street 1", "Hill Road 7"])];
    const args = { name, address };
    return one("filled in by the model", {
      says: `${name}, a customer of the shop, moved to ${address}, change the address`,
      intent: intent(["shop:update_customer"]),
      args: { "shop:update_customer": args },
      done: ["shop:update_customer"],
      calledWith: { "shop:update_customer": args },
    });
  },
  "the person knows": (pick) => {
    const id = pick(NUMBERS);
    return {
      kind: "the person knows",
      answer: id,
      messages: [{
        says: pick(["cancel the order in the shop", "please cancel that shop order"]),
        intent: intent(["shop:cancel_order"]),
        args: { "shop:cancel_order": {} },
        done: ["shop:cancel_order"],
        calledWith: { "shop:cancel_order": { order_id: id } },
        questions: 1,
      }],
    };
  },
  "nobody knows": (pick) =>
    one("nobody knows", {
      says: pick(["cancel the order in the shop", "please cancel that shop order"]),
      intent: intent(["shop:cancel_order"]),
      args: { "shop:cancel_order": {} },
      done: [],
      status: "failed",
      tells: /order_id/,
    }),
  "a plan over two foreign tools": (pick) => {
    const id = pick(NUMBERS);
    return one("a plan over two foreign tools", {
      says: `get order ${id} from the shop and write a note about it into the diary`,
      intent: intent(["shop:get_order", "shop:write_note"], { order_id: id }),
      plan: [{ tool: "shop:get_order", needs: [] }, { tool: "shop:write_note", needs: ["step1"] }],
      args: { "shop:get_order": { order_id: id }, "shop:write_note": { text: "{{step1}}" } },
      done: ["shop:get_order", "shop:write_note"],
      calledWith: { "shop:write_note": { text: "result of shop:get_order" } },
    });
  },
  "a foreign tool feeds ours": (pick) => {
    const page = pick(["cart", "checkout", "home"]);
    return one("a foreign tool feeds ours", {
      says: `fetch the template of the ${page} page from the shop and review it`,
      intent: intent(["shop:get_template", REVIEW], { page }),
      plan: [{ tool: "shop:get_template", needs: [] }, { tool: REVIEW, needs: ["step1"] }],
      args: { "shop:get_template": { page } },
      done: ["shop:get_template", REVIEW],
      calledWith: { [REVIEW]: { code: "x = 1\n" } },
    });
  },
  "repaired": (pick) => {
    const id = pick(NUMBERS);
    return {
      kind: "repaired",
      fails: {
        "shop:get_order": { times: 1, says: `invalid order_id: expected the form ORD-${id}` },
      },
      messages: [{
        says: `show me order ${id} of the shop`,
        intent: intent(["shop:get_order"], { order_id: id }),
        otherArgs: { "shop:get_order": { order_id: `ORD-${id}` } },
        done: ["shop:get_order"],
        calledWith: { "shop:get_order": { order_id: `ORD-${id}` } },
      }],
    };
  },
  "revised": (pick) => {
    const name = pick(["Ada", "Grace"]);
    return {
      kind: "revised",
      fails: { "shop:get_customer": { times: 9, says: "the archive of customers is closed" } },
      messages: [{
        says: `search the shop for the customer ${name} and write a note`,
        intent: intent(["shop:get_customer", "shop:write_note"], { name }),
        plan: [
          { tool: "shop:get_customer", needs: [] },
          { tool: "shop:write_note", needs: ["step1"] },
        ],
        otherPlan: [
          { tool: "shop:search_orders", needs: [] },
          { tool: "shop:write_note", needs: ["step1"] },
        ],
        args: {
          "shop:get_customer": { name },
          "shop:search_orders": { query: name },
          "shop:write_note": { text: `Orders of ${name}` },
        },
        otherArgs: { "shop:get_customer": { name } },
        done: ["shop:search_orders", "shop:write_note"],
      }],
    };
  },
  "a foreign tool that never works": (pick) => ({
    kind: "a foreign tool that never works",
    fails: { "shop:generate_report": { times: 99, says: "internal error" } },
    messages: [{
      says: `generate the sales report of the shop for ${pick(["2026-10", "2026-11"])}`,
      intent: intent(["shop:generate_report"], { month: "2026-11" }),
      done: [],
      status: "failed",
    }],
  }),
  "one of our own never works": (pick) => ({
    kind: "one of our own never works",
    fails: { [CODE]: { times: 99, says: "Cannot write code: the reply was empty" } },
    messages: [{
      says: pick(["cook up a parser for dates, with tests", "a tokenizer please, and unit tests"]),
      intent: intent([CODE, TESTS], { description: "A parser of dates" }),
      done: [],
      status: "failed",
    }],
  }),
  "no such file": (pick) => {
    const path = pick(["src/missing.py", "lib/gone.py", "jobs/typo.py"]);
    const [says, tools] = pick([
      [`review ${path}`, [REVIEW]],
      [`any mistakes in ${path}, and could you cover it with tests?`, [REVIEW, TESTS]],
      [`how tangled has ${path} become`, [MEASURE]],
      [`the layout of ${path} is ugly, tidy it`, [FORMAT]],
    ]);
    return one("no such file", {
      says,
      intent: intent(tools, { path }),
      done: [],
      status: "failed",
      tells: /no such file/,
    });
  },
  "one of two files is missing": (pick) => {
    const path = pick(FILES);
    return one("one of two files is missing", {
      says: `review ${path} and src/missing.py`,
      intent: intent([REVIEW], { path }),
      done: [REVIEW],
      status: "failed",
      tells: /no such file/,
    });
  },
  "ten steps": () => {
    const list = `${FILES.slice(0, 3).join(", ")} and ${FILES[3]}`;
    return one("ten steps", {
      says: `review ${list}, then measure ${list}, then write tests for ${FILES[0]} and ${
        FILES[1]
      }`,
      intent: intent([REVIEW, MEASURE, TESTS]),
      done: [...Array(4).fill(REVIEW), ...Array(4).fill(MEASURE), TESTS, TESTS],
    });
  },
  "more steps than there may be": () => {
    const list = `${FILES.slice(0, 3).join(", ")} and ${FILES[3]}`;
    return one("more steps than there may be", {
      says: `assess ${list}: mistakes, complexity metrics, and unit tests for each`,
      intent: intent([REVIEW, MEASURE, TESTS]),
      done: [...Array(4).fill(REVIEW), ...Array(4).fill(MEASURE), TESTS, TESTS],
      tells: /2 more steps were left out/,
    });
  },
  "nobody says where to": (pick) =>
    one("nobody says where to", {
      says: pick([
        "cook up a parser for dates and save it",
        "a tokenizer, stored in a file please",
      ]),
      intent: intent([CODE, SAVE], { description: "A parser of dates" }),
      done: [CODE],
      tells: /save|file|written/i,
    }),
  "somebody says where to": (pick) => ({
    kind: "somebody says where to",
    answer: "src/dates.py",
    messages: [{
      says: pick([
        "cook up a parser for dates and save it",
        "a tokenizer, stored in a file please",
      ]),
      intent: intent([CODE, SAVE], { description: "A parser of dates" }),
      done: [CODE, SAVE],
      calledWith: { [SAVE]: { path: "src/dates.py" } },
      questions: 1,
    }],
  }),
  "unsure, and somebody is there": () => ({
    kind: "unsure, and somebody is there",
    answer: "FastAPI",
    messages: [{
      says: "scaffold a small service for our orders",
      intent: {
        ...intent([CODE], { description: "A service for orders" }),
        confidence: 0.4,
        unclear: [{ question: "Which framework should it use?", choices: ["Flask", "FastAPI"] }],
      },
      done: [CODE],
      questions: 1,
    }],
  }),
  "unsure, and nobody is there": () =>
    one("unsure, and nobody is there", {
      says: "scaffold a small service for our orders",
      intent: {
        ...intent([CODE], { description: "A service for orders" }),
        confidence: 0.4,
        unclear: [{ question: "Which framework should it use?", choices: ["Flask", "FastAPI"] }],
      },
      done: [CODE],
      tells: /not sure/,
    }),
  "said by its name alone": (pick) => {
    const path = pick(FILES);
    return one("said by its name alone", {
      says: `what mistakes are in ${path.split("/").at(-1)}?`,
      intent: intent([REVIEW], { path }),
      done: [REVIEW],
      calledWith: { [REVIEW]: { path } },
    });
  },
};

function one(kind: string, message: HardMessage): HardConversation {
  return { kind, messages: [message] };
}

const made = (tool: string, users: string[]) =>
  Object.fromEntries(users.map((user) => [user, { made: tool }]));
const talk = (says: string): HardMessage => ({ says, intent: intent(["answer"]), done: [] });
const create = (pick: Pick): HardMessage => ({
  says: pick([
    "write a function that counts the words of a text",
    "I could use a little something that merges two sorted lists",
    "python code that finds the median please",
    "got a helper for parsing durations like 1h30m?",
  ]),
  intent: intent([CODE], { description: "Something small" }),
  done: [CODE],
});
const reviewIt = (pick: Pick, tool: string): HardMessage => ({
  says: pick([
    "now review it",
    "any problems with that?",
    "what do you think of its quality, review",
  ]),
  intent: intent([REVIEW]),
  done: [REVIEW],
  on: made(tool, [REVIEW]),
});
const testIt = (pick: Pick, tool: string): HardMessage => ({
  says: pick(["now write tests for it", "cover that with pytest", "can you test it too?"]),
  intent: intent([TESTS]),
  done: [TESTS],
  on: made(tool, [TESTS]),
});
const measureIt = (pick: Pick, tool: string): HardMessage => ({
  says: pick(["how complex is it?", "and the complexity of that", "measure it as well"]),
  intent: intent([MEASURE]),
  done: [MEASURE],
  on: made(tool, [MEASURE]),
});
const changeIt = (pick: Pick): HardMessage => ({
  says: pick([
    "make it accept any iterable",
    "it should also handle empty input",
    "address what the review said about it",
    "hmm, could that be done without a loop? rewrite it",
  ]),
  intent: intent([CODE], { description: "Change it as said" }),
  done: [CODE],
});
const saveCode = (path: string): HardMessage => ({
  says: `save it as ${path}`,
  intent: intent([SAVE], { path }),
  done: [SAVE],
  calledWith: { [SAVE]: { path } },
  on: made(CODE, [SAVE]),
});
const saveTests = (pick: Pick, path: string): HardMessage => ({
  says: pick([
    `save the tests as ${path}`,
    `put those tests into ${path}`,
    `store them in ${path}`,
  ]),
  intent: intent([SAVE], { path }),
  done: [SAVE],
  calledWith: { [SAVE]: { path } },
  on: made(TESTS, [SAVE]),
});
const ofFile = (tool: string, says: string, path: string): HardMessage => ({
  says,
  intent: intent([tool], { path }),
  done: [tool],
  on: { [tool]: { file: path } },
});

const MULTI: Record<string, (pick: Pick) => HardMessage[]> = {
  "made, reviewed, tested, saved": (pick) => [
    create(pick),
    reviewIt(pick, CODE),
    testIt(pick, CODE),
    saveTests(pick, "tests/test_new.py"),
    saveCode("src/new.py"),
  ],
  "changed in between": (pick) => [
    create(pick),
    reviewIt(pick, CODE),
    changeIt(pick),
    testIt(pick, CODE),
    measureIt(pick, CODE),
  ],
  "talk in between": (pick) => [
    create(pick),
    talk(pick(["thanks!", "why did you do it that way?", "ok nice"])),
    measureIt(pick, CODE),
    talk(pick(["what does that number mean?", "is that a lot?", "hm ok"])),
    reviewIt(pick, CODE),
  ],
  "about a file": (pick) => {
    const [path, other] = pick([[FILES[0]!, FILES[1]!], [FILES[2]!, FILES[3]!]]);
    return [
      ofFile(REVIEW, `review ${path}`, path),
      ofFile(TESTS, pick(["now tests for it", "write unit tests for that file"]), path),
      saveTests(pick, "tests/test_it.py"),
      ofFile(MEASURE, `how complex is ${other}`, other),
      ofFile(REVIEW, pick(["review that one too", "and review it"]), other),
    ];
  },
  "another one": (pick) => [
    create(pick),
    testIt(pick, CODE),
    create(pick),
    reviewIt(pick, CODE),
  ],
  "two in one": (pick) => [
    create(pick),
    {
      says: pick(["review it and write tests", "it needs a review, and tests"]),
      intent: intent([REVIEW, TESTS]),
      done: [REVIEW, TESTS],
      on: made(CODE, [REVIEW, TESTS]),
    },
    saveTests(pick, "tests/test_two.py"),
    talk("what did the review say?"),
  ],
};

/** Conversations of one message each; the same seed gives the same ones. */
export function hardConversations(count: number, seed: number): HardConversation[] {
  const pick = picker(seed);
  const kinds = Object.values(SINGLE);
  return Array.from({ length: count }, (_, index) => kinds[index % kinds.length]!(pick));
}

/** Conversations of three to five messages that speak of what was there before. */
export function longConversations(count: number, seed: number): HardConversation[] {
  const pick = picker(seed);
  const kinds = Object.entries(MULTI);
  return Array.from({ length: count }, (_, index) => {
    const [kind, messages] = kinds[index % kinds.length]!;
    return { kind, messages: messages(pick) };
  });
}

function picker(seed: number): Pick {
  const random = mulberry32(seed);
  return (items) => items[Math.floor(random() * items.length)]!;
}
