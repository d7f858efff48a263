import type * as z from "zod";
import { isObject } from "../../config/is_object.ts";

type Fields = Record<string, unknown>;

/**
 * Makes one valid answer from several that are not: for each field what the newest one has, else an
 * older one, else what is right of a list whose items are partly wrong.
 *
 * @returns undefined when that is not enough
 */
export function joinAnswers<T>(
  schema: z.ZodType<T>,
  oldestFirst: unknown[],
): T | undefined {
  const answers = oldestFirst.filter(isObject).map((answer) => sortOut(schema, answer));
  if (answers.length === 0) return undefined;
  const joined = Object.assign(
    {},
    ...answers.map(({ partly }) => partly),
    ...answers.map(({ right }) => right),
  );
  const { success, data } = schema.safeParse(joined);
  return success ? data : undefined;
}

/** The fields that the validator has nothing against, and what is right of lists. */
function sortOut(schema: z.ZodType, answer: Fields): { right: Fields; partly: Fields } {
  const issues = schema.safeParse(answer).error?.issues ?? [];
  const right: Fields = {};
  const partly: Fields = {};
  for (const [key, value] of Object.entries(answer)) {
    const paths = issues.map(({ path }) => path).filter(([field]) => field === key);
    const items = withoutItems(value, paths.map(([, index]) => index));
    if (paths.length === 0) right[key] = value;
    else if (items.length > 0) partly[key] = items;
  }
  return { right, partly };
}

/** Nothing when it is not single items that are wrong. */
function withoutItems(value: unknown, wrong: (PropertyKey | undefined)[]): unknown[] {
  const isAboutItems = wrong.every((index) => typeof index === "number");
  return Array.isArray(value) && isAboutItems ? value.filter((_, i) => !wrong.includes(i)) : [];
}
