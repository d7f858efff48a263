import { UrlElicitationRequiredError } from "@modelcontextprotocol/client";
import type { Asked } from "./answer_server.ts";

/** Addresses that a server may send the person to for one call. */
const MAX_ADDRESSES = 3;

/**
 * Runs a call; where the server answers that the person has to do something at an address first, shows
 * it to them, and runs the call again once they have.
 *
 * @throws what the call throws
 */
export async function withAddresses<T>(
  call: () => Promise<T>,
  asked: Pick<Asked, "elicit"> | undefined,
  signal: AbortSignal,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!asked || !(error instanceof UrlElicitationRequiredError)) throw error;
    for (const params of error.elicitations.slice(0, MAX_ADDRESSES)) {
      const { action } = await asked.elicit({ ...params, mode: "url" }, signal);
      if (action !== "accept") throw error;
    }
    return await call();
  }
}
