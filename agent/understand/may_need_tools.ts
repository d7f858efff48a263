import { FITS, type ScoredTool } from "../plan/choose_tools.ts";
import type { Sight } from "./code_in_sight.ts";
import type { Message } from "./read_message.ts";
import { readLanguage } from "./read_parameters.ts";
import { findPaths } from "./read_subjects.ts";
import { saysHow } from "./speaks_of_code.ts";

/** Asks for words, whatever they are about. */
const WANTS_WORDS =
  /^(?:why|when|who|whose|what (?:did|does|do|is (?:a|an|the difference)|are|was|were)\b|how (?:do|does|did|can|should|would|could) (?:i|one|it|this|you|we|people|someone)\b|tell me (?:why|about|what)|explain|should i|do you|are you|did you|have you|is there a difference|don't|do not|never|thanks|thank you|hello|hi|hey)\b/i;
/** How the code that is there has to be. */
const ASKS_CHANGE =
  /\b(?:it|this|that)\b.{0,20}\b(?:should|must|needs?|has to|ought to|could (?:also|use))\b/i;
/** An order after words about something: `what is needed for a chat? write it down`. */
const THEN_ORDER =
  /[,.;:?!] (?:(?:then|and|please|so|but|now|ok) )*(?:write|make|create|add|give|show|list|put|save|store|review|check|format|test|measure|fix|implement|generate|build|formali[sz]e)\b/i;
const POINTS =
  /\b(?:this|it|that|those|these|my|the (?:code|file|function|class|script|tests?|module))\b/i;
/** Asks whether there is one: `got a helper for dates?` */
const ASKS_FOR =
  /^(?:got|any|anyone|anybody|is there|are there|do you have|have you got|who has)\b/i;
const WISHES =
  /\b(?:i|we)(?:'d (?:like|love)| would (?:like|love)| could use| want| need|'m looking for| am looking for|'re (?:missing|lacking)| are (?:missing|lacking)| lack)\b/i;
/** Tells something: `our team is small`, `nice work, I like it`. */
const TELLS =
  /^(?:i|i'm|i've|i'll|we|we're|we've|you|you're|he|she|they|it|it's|that|that's|this|these|those|the|my|our|your|there|there's|lol|haha|wow|hm+|nope|yes|no|not|nothing|nice|good|great|well|cool|sure|fine|maybe|sorry|bye|see you|stop|wait|never ?mind|forget|don't|do not)\b/i;
/** Foreign tools also answer questions. */
const FITS_WELL = 3;

/**
 * Whether a tool may be meant, so that it is worth a model's call to find out. Plain talk is not: it
 * has no words of tools, or asks for words about them.
 */
export function mayNeedTools(message: Message, scored: ScoredTool[], sight: Sight): boolean {
  const best = scored[0]?.score ?? 0;
  const foreign = scored.find(({ tool }) => tool.server !== "devmcp")?.score ?? 0;
  if (foreign >= FITS_WELL) return true;
  if (WANTS_WORDS.test(message.order) && !orders(message)) return false;
  if (!message.isQuestion) return best >= FITS || isAboutCode(message, sight) || mayOrder(message);
  if (best >= FITS && ASKS_FOR.test(message.order)) return true;
  // What is asked about a file is not known without looking into it.
  if (findPaths(message.text).length > 0 || message.code !== undefined) return true;
  return best >= FITS && (orders(message) || sight.code !== undefined && POINTS.test(message.text));
}

/** `Don't …, write …` is left to the answer as well. */
function orders({ order }: Message): boolean {
  return THEN_ORDER.test(order) && !/^(?:don't|do not|never)\b/i.test(order);
}

/** No words that tools are known by, but neither what people tell of themselves and things. */
function mayOrder({ text, order }: Message): boolean {
  if (WISHES.test(text)) return true;
  return order.split(" ").length >= 3 && !TELLS.test(order);
}

/** Tells of people and things, and asks for nothing. */
export function tells({ text, order }: Message): boolean {
  return TELLS.test(order) && !WISHES.test(text);
}

/** Says nothing that tools are known by, but a language, or what is wrong with the code. */
function isAboutCode({ text, order }: Message, { code }: Sight): boolean {
  if (readLanguage(text) !== undefined) return true;
  return code !== undefined && (ASKS_CHANGE.test(text) || saysHow(order));
}
