/**
 * What is known of a family of models. The table is data (profiles.json); a model that is not in it
 * gets what its server says of it.
 */
export interface Profile {
  /** Of the family, such as `mistral-instruct`. */
  name: string;
  /** What it is good at; the first role counts more. Empty: it answers nothing, as base and embedding models. */
  roles: ("code" | "chat")[];
  /** False: the template refuses a system message, so it is folded into the first user message. */
  systemRole: boolean;
  /** Tokens that the model was trained for. */
  contextTokens: number;
  /** Whether it was trained to call tools. */
  tools: boolean;
  /** Ends a reply, beside what the template already does. */
  stop: string[];
  temperature: number;
  /** Characters of English or code that a token stands for, on average. */
  charactersPerToken: number;
  /** Whether it thinks aloud before it answers (`<think>…</think>`), which is no part of the reply. */
  thinks: boolean;
}
