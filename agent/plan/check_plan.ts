/** A step of a plan as a model wrote it. */
export interface RoughStep {
  id: string;
  tool: string;
  purpose: string;
  needs: string[];
}

/**
 * Makes a sound plan of a rough one: known tools only, each id once, no need that is not there or that
 * goes in circles, not too many steps, every step after those it needs. Ids become `step1`, `step2` ….
 *
 * @param knownTool the tool that a name means
 */
export function checkPlan(
  rough: RoughStep[],
  knownTool: (name: string) => string | undefined,
  maxSteps: number,
): RoughStep[] {
  const known = rough.slice(0, 100).flatMap((step, index) => {
    const tool = knownTool(step.tool);
    return tool === undefined ? [] : [{ ...step, tool, id: step.id || `step${index + 1}` }];
  });
  const unique = known.filter((step, i) => known.findIndex(({ id }) => id === step.id) === i);
  const ordered = sortByNeeds(unique).slice(0, maxSteps);
  const names = new Map(ordered.map(({ id }, i) => [id, `step${i + 1}`]));
  return ordered.map((step, index) => ({
    ...step,
    id: names.get(step.id)!,
    needs: [...new Set(step.needs)].flatMap((need) => {
      const at = ordered.findIndex(({ id }) => id === need);
      return at >= 0 && at < index ? [names.get(need)!] : [];
    }),
  }));
}

/** What nothing is missing for comes first; in a circle the first one begins, without its needs. */
function sortByNeeds(steps: RoughStep[]): RoughStep[] {
  const left = [...steps];
  const sorted: RoughStep[] = [];
  while (left.length > 0) {
    const waits = ({ needs, id }: RoughStep) =>
      needs.some((need) => need !== id && left.some((other) => other.id === need));
    const next = Math.max(0, left.findIndex((step) => !waits(step)));
    sorted.push(...left.splice(next, 1));
  }
  return sorted;
}
