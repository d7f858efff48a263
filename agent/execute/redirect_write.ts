import type { PlanStep } from "../../sessions/session.ts";

/**
 * The plan with another file for what it writes.
 *
 * @returns undefined where it is not plain which step is meant, or where others build on the file
 */
export function redirectWrite(plan: PlanStep[], path: string): PlanStep[] | undefined {
  const writes = plan.filter(({ tool }) => tool === "write_file");
  const [write] = writes;
  const before = write?.arguments.path;
  if (!write || writes.length > 1 || typeof before !== "string") return undefined;
  if (plan.some(({ needs }) => needs.includes(write.id))) return undefined;
  const other: PlanStep = {
    ...write,
    purpose: write.purpose.replaceAll(before, () => path),
    arguments: { ...write.arguments, path },
  };
  return plan.map((step) => step === write ? other : step);
}
