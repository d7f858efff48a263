const THING = "(?:code|function|class|script|endpoint|method|program|module|one|thing)";
/** Spoken of as something that is there already. */
const OLD = new RegExp(
  "\\b(?:it(?!(?:'s| is| would be|'d be) (?:great|nice|good|cool|time|possible)\\b)|this|these|them|above|" +
    `(?:that|my|your) ${THING}|the ${THING}(?! (?:for|of|to|that|which)\\b)|what you wrote|` +
    "(?:do|does|is|can|could|should|make|change|rewrite|of|about|to|have) that)\\b",
  "i",
);
/** Something new is wanted: `write a bloom filter`, not `make it a class`, nor `write a version of it`. */
const NEW =
  /^(?:a|an|some|another)\b|\b(?:write|create|implement|build|generate|code|program|develop|draft|make|produce|cook up|whip up|need|want|like|do)\b(?: me| us| up)? (?:a|an|some|another)\b(?! (?:\w+ )?(?:version|variant|copy|rewrite|test|tests|review)\b)/i;
const CHANGES = new RegExp(
  "\\b(?:make|change|rewrite|rework|adapt|modify|extend|improve|refactor|convert|port|simplify|optimi[sz]e|turn|shorten) " +
    `(?:it|this|that|them|(?:the|that|this) ${THING})\\b|` +
    "\\b(?:add|remove|drop)\\b.{1,80}\\b(?:to|from) (?:it|this|that|them)\\b",
  "i",
);
/** How it is to be: `shorter please`, `same in Go`. */
const OTHERWISE =
  /^(?:(?:much|a bit|a little|even|but|and|the) )*(?:shorter|simpler|faster|cleaner|smaller|longer|clearer|shortened|(?:more|less|without|with|in|as|same) .+)$/i;

/**
 * Whether a message wants code changed that is there already, which it calls `it` or by the name of a
 * function, rather than something new: in `write a parser and test it`, "it" is what is to be written.
 *
 * @param order as {@link Message.order} has it
 * @param last the code that was last spoken of
 */
export function speaksOfCode(order: string, last = ""): boolean {
  if (saysHow(order)) return true;
  const called = Array.from(order.matchAll(/\b([A-Za-z_]\w{1,60})\(\)/g), ([, name]) => name!);
  if (called.some((name) => last.includes(`${name}(`))) return true;
  const clauses = order.split(/[.,;:?!]+\s+|\s+(?:and|then|plus)\s+/);
  const first = clauses.find((clause) => /\s/.test(clause.trim())) ?? order;
  return isBefore(OLD, NEW, first) || isBefore(CHANGES, NEW, order);
}

/** Nothing but how the code is to be. */
export function saysHow(order: string): boolean {
  return OTHERWISE.test(order);
}

function isBefore(one: RegExp, other: RegExp, text: string): boolean {
  const at = one.exec(text)?.index;
  return at !== undefined && at <= (other.exec(text)?.index ?? Infinity);
}
