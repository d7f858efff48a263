import type { Configuration } from "markdownlint";
import { isObject } from "../../config/is_object.ts";
import { markdownRules } from "./markdown_catalog.ts";

/** Settings with rules (`MD013`) on that they turn off, by whichever name; their options stay. */
export function turnOnMarkdown(rules: Configuration, turnOn: readonly string[]): Configuration {
  const wanted = markdownRules().filter(({ code }) => turnOn.includes(code));
  return Object.fromEntries([
    ...Object.entries(rules),
    // Last, and so above what is said of all rules of a kind.
    ...wanted.map(({ code, name, aliases = [] }) => {
      const names = [code, name, ...aliases].map((one) => one.toUpperCase());
      const said = Object.entries(rules).findLast(([key]) => names.includes(key.toUpperCase()))
        ?.[1];
      return [code, isObject(said) ? { ...said, enabled: true } : said || true];
    }),
  ]);
}
