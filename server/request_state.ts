import { createRequestStateCodec, type ServerContext } from "@modelcontextprotocol/server";
import type { Caller } from "./caller.ts";
import type { ModelAnswers } from "./call_tool.ts";

/** What a call that asked its client something keeps until it is made again. */
export interface CallState {
  tool: string;
  /** How often it has asked. */
  rounds: number;
  /** What it asked last. */
  asked: "arguments" | "model" | "roots" | "other";
  /** Arguments that the person filled in. */
  filled?: Record<string, unknown>;
  /** The client's roots, as it gave them; null where it did not. */
  roots?: string[] | null;
  /** The key of the question that its model was asked. */
  question?: string;
  answers?: ModelAnswers;
  /** The progress that was told last: it rises through all rounds. */
  progress?: number;
  /** Of a tool that talks to the client itself. */
  own?: unknown;
}

/** Seals states, which travel through the client; each is good for one caller and method. */
export type RequestState = ReturnType<typeof createRequestState>;

let ownKey: Uint8Array | undefined;

/** @param key at least 32 bytes. @default one of this process */
export function createRequestState(
  { principal }: Caller,
  key: Uint8Array = ownKey ??= crypto.getRandomValues(new Uint8Array(32)),
) {
  const bind = ({ mcpReq }: ServerContext) => `${mcpReq.method}\0${principal.id}`;
  return createRequestStateCodec<CallState>({ key, bind });
}
