import assert from "node:assert/strict";
import { listPages } from "./list_pages.ts";

type Pages = Record<string, { items: string[]; next?: string }>;

function list(pages: Pages, max = 100) {
  let fetched = 0;
  const items = listPages((cursor = "first") => {
    fetched++;
    return Promise.resolve(pages[cursor]!);
  }, max);
  return items.then((items) => ({ items, fetched }));
}

Deno.test("listPages() joins all pages", async () => {
  const pages: Pages = { first: { items: ["a"], next: "2" }, 2: { items: ["b"] } };
  assert.deepEqual(await list(pages), { items: ["a", "b"], fetched: 2 });
});

Deno.test("listPages() takes an empty cursor for one", async () => {
  const pages: Pages = { first: { items: ["a"], next: "" }, "": { items: ["b"] } };
  assert.deepEqual(await list(pages), { items: ["a", "b"], fetched: 2 });
});

Deno.test("listPages() leaves a circle of pages", async () => {
  const pages: Pages = { first: { items: ["a"], next: "2" }, 2: { items: ["b"], next: "2" } };
  assert.deepEqual(await list(pages), { items: ["a", "b"], fetched: 2 });
});

Deno.test("listPages() stops at the most items, and after many pages", async () => {
  assert.deepEqual((await list({ first: { items: ["a", "b", "c"], next: "2" } }, 2)).items, [
    "a",
    "b",
  ]);
  let page = 0;
  await listPages(() => Promise.resolve({ items: [], next: String(++page) }), 10);
  assert.equal(page, 1000);
});
