import { sanitizeLine } from "../sanitize.ts";
import { textWidth, truncateEnd } from "../width.ts";
import { spinnerAt } from "./spinner.ts";

/** What the line above the input tells. What is not known is left out. */
export interface StatusBar {
  /** As it was chosen: `mistral:7b-instruct`. */
  model?: string;
  /** Tokens of the context that are used, of those there are. */
  contextUsed?: number;
  contextTokens?: number;
  tokensPerSecond?: number;
  /** From the request to the first piece of the answer. */
  firstTokenMs?: number;
  /** What is waited for: `Planning`. */
  activity?: string;
  /** Since that began. */
  elapsedMs?: number;
  /** The approval mode; the usual one, `ask`, is not shown. */
  approve?: string;
}

const SEPARATOR = " · ";
const MIN_MODEL = 10;

/** The forms of each part, from long to short; the last may be empty. */
type Parts = Record<
  "activity" | "model" | "context" | "speed" | "firstToken" | "approve",
  string[]
>;

/** Which part takes its next shorter form, as long as there is no room. */
const SHORTEN: (keyof Parts)[] = [
  "firstToken",
  "speed",
  "model",
  "firstToken",
  "context",
  "model",
  "speed",
  "model",
  "context",
  "model",
];

/**
 * The status in at most `columns` columns: `⠙ Planning 3 s · mistral:7b · context 3k of 8k (38 %) ·
 * 31 tokens/s · first token after 0.4 s · approve all`. Where there is no room, what matters least
 * is shortened and left out.
 */
export function renderStatusBar(status: StatusBar, columns: number): string {
  const parts: Parts = {
    activity: activityForms(status),
    model: modelForms(status),
    context: contextForms(status),
    speed: speedForms(status),
    firstToken: firstTokenForms(status),
    approve: approveForms(status),
  };
  for (const name of SHORTEN) {
    if (textWidth(joined(parts)) > columns && parts[name].length > 1) parts[name].shift();
  }
  return truncateEnd(joined(parts), Math.max(1, columns));
}

function joined(parts: Parts): string {
  return Object.values(parts).map(([text]) => text).filter(Boolean).join(SEPARATOR);
}

function activityForms({ activity, elapsedMs }: StatusBar): string[] {
  if (!activity) return [];
  const text = sanitizeLine(activity);
  if (elapsedMs === undefined) return [text];
  return [`${spinnerAt(elapsedMs)} ${text} ${seconds(elapsedMs)}`];
}

/** Without the owner of a model from a hub, then without its tag, then cut. */
function modelForms({ model = "" }: StatusBar): string[] {
  const full = sanitizeLine(model);
  const name = full.slice(full.lastIndexOf("/") + 1);
  const short = name.split(":")[0]!;
  return [full, name, short, truncateEnd(short, MIN_MODEL), ""];
}

function contextForms({ contextUsed, contextTokens }: StatusBar): string[] {
  if (contextUsed === undefined || !contextTokens) return [];
  const percent = `${Math.round(100 * contextUsed / contextTokens)} %`;
  const all = tokens(contextTokens);
  return [`context ${tokens(contextUsed)} of ${all} (${percent})`, `${percent} of ${all}`, percent];
}

function speedForms({ tokensPerSecond }: StatusBar): string[] {
  if (tokensPerSecond === undefined) return [];
  const text = tokensPerSecond < 10 ? tokensPerSecond.toFixed(1) : Math.round(tokensPerSecond);
  return [`${text} tokens/s`, `${text} t/s`, ""];
}

function firstTokenForms({ firstTokenMs }: StatusBar): string[] {
  if (firstTokenMs === undefined) return [];
  const time = `${(firstTokenMs / 1000).toFixed(1)} s`;
  return [`first token after ${time}`, `first ${time}`, ""];
}

function approveForms({ approve }: StatusBar): string[] {
  return !approve || approve === "ask" ? [] : [`approve ${sanitizeLine(approve)}`];
}

function seconds(ms: number): string {
  const all = Math.floor(ms / 1000);
  return all < 60 ? `${all} s` : `${Math.floor(all / 60)} min ${all % 60} s`;
}

/** `850`, `3.2k`, `128k`. */
function tokens(count: number): string {
  if (count < 1000) return `${count}`;
  const thousands = count / 1000;
  return `${thousands < 10 ? thousands.toFixed(1).replace(/\.0$/, "") : Math.round(thousands)}k`;
}
