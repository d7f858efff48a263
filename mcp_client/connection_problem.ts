import { SdkError, SdkErrorCode, SdkHttpError } from "@modelcontextprotocol/client";
import { messageOf } from "../config/message_of.ts";
import { oneLine } from "../config/one_line.ts";

/** What went wrong with a connection, in a line. Addresses are cut to their hosts: they may hold keys. */
export function connectionProblem(error: unknown): string {
  const message = messageOf(error);
  if (isLate(error)) return "it did not answer in time";
  const refused = /\(os error \d+\)|dns error|tcp connect/i.test(message);
  const short = refused ? `nothing answers at its address: ${message.split(": ").at(-1)}` : message;
  return oneLine(short.replace(/(https?:\/\/[^\s/?#)"']+)[^\s)"']*/gi, "$1/…"), 400);
}

function isLate(error: unknown): boolean {
  return error instanceof SdkError && error.code === SdkErrorCode.RequestTimeout;
}

/** Over HTTP nothing tells that a server is gone, or has forgotten our session, but a call that fails. */
export function isGone(error: unknown): boolean {
  return error instanceof TypeError || error instanceof SdkHttpError && error.data.status === 404;
}
