import type * as z from "zod";
import { oneLine } from "../../config/one_line.ts";
import { CallFault } from "./call_fault.ts";

/**
 * What a server sent, checked against what the protocol says of it.
 *
 * @throws {CallFault} that names the first field of a wrong type
 */
export function checkWire<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = oneLine(issue?.path.join(".") || "the answer", 80);
  const problem = oneLine(issue?.message.replace(/^Invalid input: /, "") ?? "");
  throw new CallFault(
    "protocol",
    `the server's answer has an unexpected form: ${field}: ${problem}`,
  );
}
