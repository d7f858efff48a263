/** Says on standard error whether anybody reads its output, once at the start and at each byte of input. */
import { openUnreadCheck } from "./output_is_unread.ts";

const isUnread = openUnreadCheck();
do await Deno.stderr.write(new TextEncoder().encode(`${isUnread?.()}\n`)); while (
  await Deno.stdin.read(new Uint8Array(1)) !== null
);
