import { fileURLToPath } from "node:url";

/** What starts this very program again. */
export function ownCommand(): { command: string; args: string[] } {
  const command = Deno.execPath();
  if (Deno.build.standalone) return { command, args: [] };
  const main = fileURLToPath(new URL("../main.ts", import.meta.url));
  return { command, args: ["run", "--quiet", "-A", main] };
}
