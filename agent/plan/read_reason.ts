import { oneLine } from "../../config/one_line.ts";
import { readMessage } from "../understand/read_message.ts";
import { readPath } from "../understand/read_subjects.ts";

/** What the person says with a no. */
export type Reason =
  /** Nothing is to be done instead; also where nothing was said. */
  | { kind: "stop" }
  /** The same, but to another file. */
  | { kind: "elsewhere"; path: string }
  /** It takes a model to know. */
  | { kind: "open"; text: string };

const MAX_REASON = 1_000;

const STOP =
  /^(?:no|nope|nah|no (?:thanks|thank you|need|way)|(?:no,? )?(?:stop|cancel|abort|quit)(?: (?:it|this|that))?|never ?mind|forget (?:it|that)|leave (?:it|that|them|the file|everything)(?: alone| be| as (?:it is|they are))?|(?:no,? )?(?:i )?(?:don't|dont|do not)(?: (?:do|write|save|store|run|change|touch|make|call|want))?(?: (?:it|this|that|them|anything|any of (?:it|this|that)|the files?))?(?: at all| yet| any ?more)?|not(?: (?:needed|necessary|this time|yet|today|at all))?)$/i;
const ELSEWHERE =
  /^(?:(?:save|store|write|put|call|name)(?: (?:it|this|that|them|the (?:file|code|tests)))?(?: (?:as|to|in|into|under|at))?|as|to|in|into|under|at|use)?(?: ?(?:the|a))?(?: ?file)?(?: ?(?:called|named))? ?("[^"]{1,300}"|'[^']{1,300}'|`[^`]{1,300}`|\S{1,300})$/i;

/** Reads the reason for a no, by rules where it is plain. */
export function readReason(reason: string): Reason {
  const text = oneLine(reason, MAX_REASON).trim();
  const { order } = readMessage(text);
  if (order === "" || STOP.test(order)) return { kind: "stop" };
  const plain = order.replace(/^(?:no|not there|not that|rather)[,;:]? /i, "")
    .replace(/,? (?:instead|rather)$/i, "");
  const path = readPath(ELSEWHERE.exec(plain)?.[1] ?? "");
  return path === undefined ? { kind: "open", text } : { kind: "elsewhere", path };
}
