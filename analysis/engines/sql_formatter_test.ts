import assert from "node:assert/strict";
import * as fc from "fast-check";
import { createSqlFormatter } from "./sql_formatter.ts";

const sql = createSqlFormatter({ name: "sql-formatter", version: "1" });
const source = (text: string) => ({ path: "a.sql", language: "sql" as const, text });
const settings = (config?: object | string) =>
  config === undefined ? {} : {
    config: {
      path: "p/.sql-formatter.json",
      text: typeof config === "string" ? config : JSON.stringify(config),
    },
  };
const lint = async (text: string, config?: object) =>
  await sql.lint(source(text), settings(config));
const format = async (text: string, config?: object | string) =>
  await sql.format(source(text), settings(config));

Deno.test("SqlFormatter.format() lays statements out, and leaves formatted ones", async () => {
  const formatted = "select\n  a,\n  b -- é\nfrom\n  t;\n\ndelete from t;\n";
  assert.equal(await format("select a,b -- é\nfrom t;delete from t;"), formatted);
  assert.equal(await format(formatted), formatted);
  assert.equal(await format("select 1\r\n;\r\n"), "select\r\n  1;\r\n");
  assert.equal(await format(" \n"), "");
});

Deno.test("SqlFormatter.format() takes dialect and layout from .sql-formatter.json", async () => {
  const text = "select a::int from t where b->>'c'=1 and d";
  await assert.rejects(format(text), {
    message: 'Cannot format the code: syntax error in line 1, column 9: Unexpected "::int from"',
    hint: 'mend it, or say its dialect in .sql-formatter.json: {"language": "postgresql"}',
  });
  assert.equal(
    await format(text, { language: "postgresql", keywordCase: "upper", tabWidth: 4 }),
    "SELECT\n    a::int\nFROM\n    t\nWHERE\n    b ->> 'c' = 1\n    AND d\n",
  );
});

Deno.test("SqlFormatter names a broken .sql-formatter.json, and what is wrong in it", async () => {
  for (
    const [config, reason] of [
      [{ language: "nope" }, /`language`: Invalid option/],
      [{ tabWidth: "x" }, /`tabWidth`: Invalid input: expected number/],
      [{ commaPosition: "before" }, /Unrecognized key: "commaPosition"/],
      [
        { paramTypes: { custom: [{ regex: "(a+)+b" }] } },
        /`paramTypes`: Unrecognized key: "custom"/,
      ],
      ["[]", /expected object/],
      ["{", /Expected property name|JSON/],
    ] as const
  ) {
    const refused = (error: Error) =>
      error.name === "ToolError" &&
      error.message.startsWith('Cannot use "p/.sql-formatter.json": ') &&
      reason.test(error.message);
    await assert.rejects(format("select 1", config), refused);
  }
});

Deno.test("SqlFormatter.lint() tells what no dialect allows", async () => {
  for (
    const [text, line, column, message] of [
      ["select é, (a\nfrom t", 2, 7, "Unexpected end of the text"],
      ["select 1;\nselect a)", 2, 9, 'Unexpected ")"'],
      ["select\n  'abc", 2, 3, `Unexpected "'abc"`],
      [`${"select 1;\n".repeat(2000)}select 1)`, 2001, 9, 'Unexpected ")"'],
    ] as const
  ) {
    const [issue] = await lint(text);
    assert.deepEqual([issue?.line, issue?.column, issue?.message], [line, column, message]);
  }
});

Deno.test("SqlFormatter.lint() leaves what one of the dialects reads", async () => {
  for (
    const text of [
      "",
      "-- only a comment",
      "select a::int, b->>'c' from t",
      "create function f() returns int as $$ begin return 1; end; $$ language plpgsql;",
      "select `a` from `b` where c = 'it\\'s'",
      "select [a b] from [t] where @x = 1",
      "\\echo psql 'alone\nselect 1;",
      "frobnicate the database;",
      "case x when 1 then select 1; end case;",
    ]
  ) {
    assert.deepEqual(await lint(text), [], text);
  }
});

Deno.test("SqlFormatter is done with hostile files soon", async () => {
  const broken = [
    "(".repeat(3000),
    "f(".repeat(3000) + ")".repeat(3000),
    "case when ".repeat(3000),
  ];
  for (const text of [...broken, "between 1 and ".repeat(3000), `select ${"a,".repeat(90_000)}`]) {
    assert.equal((await lint(text))[0]?.rule, "analysis-failed", text.slice(0, 20));
    await assert.rejects(format(text), /Cannot format the code: (it is nested|a statement)/);
  }
  const many = "select 1;\n".repeat(20_000);
  assert.equal((await format(many)).length, "select\n  1;\n\n".length * 20_000 - 1);
});

Deno.test("SqlFormatter.format() changes white space only, whatever the text", async () => {
  const word = fc.constantFrom(
    "select ",
    "a",
    ",",
    "(",
    ")",
    "--x\n",
    "/*y*/",
    "'s'",
    ";",
    "- ",
    "\n",
  );
  await fc.assert(
    fc.asyncProperty(fc.array(word), async (words) => {
      const text = words.join("");
      const formatted = await format(text).catch((error) => {
        assert.equal(error.name, "ToolError");
        return text;
      });
      assert.equal(formatted.replace(/\s+/g, ""), text.replace(/\s+/g, ""));
    }),
    { numRuns: 200 },
  );
});
