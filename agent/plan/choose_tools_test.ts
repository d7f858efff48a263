import assert from "node:assert/strict";
import { FITS, scoreTools, shownTools } from "./choose_tools.ts";
import { foreignTool, ownTools } from "../execute/fake_toolbox.ts";

const SERVERS = [
  foreignTool("files", "list_directory", { description: "List the files of a directory" }),
  foreignTool("weather", "get_forecast", { description: "Forecast of the weather of a city" }),
  foreignTool("memory", "create_entities", {
    description: "Create entities in the knowledge graph",
  }),
];

function best(message: string): string {
  const [first] = scoreTools(message, [...SERVERS, ...ownTools()]);
  return first!.score >= FITS ? first!.tool.name : "none";
}

Deno.test("scoreTools() puts the tool first whose words were said", () => {
  const table = [
    ["I'd like unit tests with pytest", "generate_tests"],
    ["any bugs or vulnerabilities to fix?", "review_code"],
    ["the indentation is ugly, tidy the layout", "format_code"],
    ["how tangled and nested is that, cyclomatically?", "analyze_complexity"],
    ["make requirements with acceptance criteria out of a vague user story", "formalize_task"],
    ["list the directory docs", "files:list_directory"],
    ["what is the weather forecast?", "weather:get_forecast"],
    ["reveiw src/cart.py", "review_code"],
    ["formt src/app.py", "format_code"],
    ["genrate a fucntion", "generate_code"],
    ["sql query for the best customers", "generate_code"],
    ["I left it in the forest", "none"],
    ["good morning", "none"],
    ["", "none"],
  ] as const;
  for (const [message, tool] of table) assert.equal(best(message), tool, message);
});

Deno.test("shownTools() shows at most 8, and our own together", () => {
  const shown = (message: string) =>
    shownTools(scoreTools(message, [...SERVERS, ...ownTools()])).map(({ name }) => name);
  assert.deepEqual(shown("what is the weather forecast?"), ["weather:get_forecast"]);
  assert.ok(shown("scaffold a parser").includes("write_file"));
  assert.ok(shown("create, list, test, review, format, save it all").length <= 8);
});

Deno.test("shownTools() shows our own where a word of another server's tool is said by chance", () => {
  const list = foreignTool("shop", "list_orders", { description: "List the orders of the shop" });
  const scored = scoreTools("a little something that merges two lists", [list, ...ownTools()]);
  assert.ok(shownTools(scored).some(({ name }) => name === "generate_code"));
});

Deno.test("shownTools() leaves our own a place beside a server with many tools", () => {
  const tools = Array.from(
    { length: 20 },
    (_, i) =>
      foreignTool("shop", `tool${i}`, { title: "Of the shop", description: "It is of the shop" }),
  );
  const get = foreignTool("shop", "get_template", { description: "A page of the shop" });
  const scored = scoreTools("get the template of the shop and review it", [
    ...tools,
    get,
    ...ownTools(),
  ]);
  const shown = shownTools(scored).map(({ name }) => name);
  assert.ok(shown.includes("review_code") && shown[0] === "shop:get_template", shown.join());
  assert.equal(shown.length, 8);
});

Deno.test("scoreTools() takes no time over hostile descriptions", () => {
  const tools = Array.from(
    { length: 1_000 },
    (_, i) => foreignTool("s", `t${i}`, { description: "a_".repeat(50_000) }),
  );
  const start = performance.now();
  scoreTools("list files ".repeat(10_000), tools);
  assert.ok(performance.now() - start < 1_000);
});
