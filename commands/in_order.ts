/**
 * Starts work for each item of a source and gives the results in the order of the items. At most
 * `window` are under way or waiting to be given; the next result is given as soon as it is there.
 *
 * @throws what the source throws, and the failure of an item when its turn comes
 */
export async function* inOrder<Item, Result>(
  items: AsyncIterable<Item> | Iterable<Item>,
  start: (item: Item) => Promise<Result>,
  window: number,
): AsyncGenerator<Result> {
  const source = iterate(items);
  const results: Promise<Result>[] = [];
  let next: Promise<IteratorResult<Item>> | undefined = request(source);
  try {
    while (next || results.length > 0) {
      const step = await firstOf(results.length < window ? next : undefined, results[0]);
      if (step === undefined) yield await (results.shift() as Promise<Result>);
      else if (step.done) next = undefined;
      else {
        results.push(start(step.value));
        next = request(source);
      }
    }
  } finally {
    // Not awaited: a source that is stuck must not keep us.
    Promise.resolve(source.return?.()).catch(() => {});
  }
}

function iterate<Item>(items: AsyncIterable<Item> | Iterable<Item>): AsyncIterator<Item> {
  return (async function* () {
    yield* items;
  })();
}

/** Its failure may be looked at only later; without a handler it would end the process. */
function request<Item>(source: AsyncIterator<Item>): Promise<IteratorResult<Item>> {
  const next = source.next();
  next.catch(() => {});
  return next;
}

/** The source's next step; undefined when the first result is there before it. */
function firstOf<Item>(
  next: Promise<IteratorResult<Item>> | undefined,
  result: Promise<unknown> | undefined,
): Promise<IteratorResult<Item> | undefined> {
  const ready = result?.then(() => undefined, () => undefined);
  return next && ready ? Promise.race([next, ready]) : next ?? ready ?? Promise.resolve(undefined);
}
