import { splitFences } from "../../models/structured/fences.ts";

/** A message as the program reads it. */
export interface Message {
  /** Without fenced code, on one line. */
  text: string;
  /** `text` without greetings, politeness and punctuation at its ends. */
  order: string;
  /** Asks for an answer rather than for something to be done. */
  isQuestion: boolean;
  /** The fenced code in it. */
  code?: { text: string; language: string };
}

/** Longer texts are not orders of a few words; the beginning says what is wanted. */
const MAX_TEXT = 4_000;

const POLITE =
  /^(?:(?:please|pls|kindly|just|simply|now|then|next|first|ok|okay|alright|all right|great|good|nice|cool|perfect|yes|thanks|thank you|hi|hello|hey|hi there|hello there|hey there|devmcp|so|well|and|also|go ahead and|let'?s|let us|help me(?: to)?|try to|quickly|maybe|perhaps|i want you to|i want to|i(?:'d| would) like (?:you )?to|i need (?:you )?to|it would be (?:nice|great) if you could)(?:[,.!:]+\s*|\s+)|(?:can|could|would|will|might) (?:you|we)(?: please| kindly| maybe| perhaps| also| now| just)?\s+|(?:is there )?any chance (?:that )?(?:you )?(?:could |can |would )?|would you mind |(?:is it|would it be) possible (?:for you )?to )/i;
const POLITE_QUESTION =
  /^(?:(?:can|could|would|will|might) (?:you|we)|(?:is there )?any chance|(?:is it|would it be) possible)\b/i;
const POLITE_END =
  /[\s,]+(?:please|pls|thanks|thank you|thank you very much|many thanks|for me|now|again|ok|okay|right away|asap|quickly|if you can|if possible|if you would|would you|will you|as well|too|next|first)$/i;
const QUESTION =
  /^(?:what|why|when|who|whom|whose|which|where|how|is|are|am|was|were|(?:do|have|had|has) (?:i|you|we|they|these|those|the|my)|(?:have|had|has) (?:it|this|that)|does|did|should|shall|may|might|must|can i|can it|can this|could it|could this|would it|will it|will this|isn't|aren't|doesn't|don't you|tell me (?:why|what|how|when|which|who|about)|explain)\b/i;
const ENDS = /[\s.!?:;,…]+$/;

/** Reads a message; takes time in proportion to its length. */
export function readMessage(input: string): Message {
  const { blocks, prose } = splitFences(input);
  const [block] = blocks.filter(({ code }) => code.trim() !== "");
  const text = prose.slice(0, MAX_TEXT).replace(/\s+/g, " ").replaceAll("’", "'").trim();
  const { order, wasPolite } = strip(text);
  const isAsked = text.slice(-200).trimEnd().endsWith("?") && !wasPolite;
  return {
    text,
    order,
    isQuestion: isAsked || QUESTION.test(order),
    ...block ? { code: { text: `${block.code}\n`, language: block.label } } : {},
  };
}

function strip(text: string): { order: string; wasPolite: boolean } {
  let order = text.replace(ENDS, "");
  let wasPolite = false;
  for (let rounds = 0; rounds < 8; rounds++) {
    wasPolite ||= POLITE_QUESTION.test(order);
    const rest = order.replace(POLITE, "").replace(POLITE_END, "").replace(ENDS, "");
    if (rest === order) break;
    order = rest;
  }
  return { order, wasPolite };
}
