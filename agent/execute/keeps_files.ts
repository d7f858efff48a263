const WRITE = "(?:chang|writ|sav|overwrit|touch|modif|stor|edit)\\w*";
const DENIES = new RegExp(
  `\\b(?:don't|dont|do not|without|never|not(?: to)?|no need to)\\b (?:(?:actually|yet|please|ever) )?${WRITE}\\b`,
  "i",
);
/** Wants to look at it: `show me how it looks formatted`, `preview`. */
const SHOWS =
  /^(?:just )?(?:show|preview|print|display)\b|\b(?:just|only) (?:show|print|display|preview)\b|\bdry[- ]run\b|\bhow\b (?:would|will|could) .{1,60}\blook\b|\bhow .{1,60} (?:looks|(?:would|will|could) look)\b/i;

/** Whether the person wants no file to be changed that they do not name. */
export function keepsFiles(order: string): boolean {
  return DENIES.test(order) || SHOWS.test(order);
}
