/** How the reason for a no is told to what makes the next try. */
const SAID = "The person did not agree to these arguments and said: ";

/** What another try has to know of a call that the person refused. */
export function refusalProblem(reason: string): string {
  return SAID + reason;
}

/** The person's words in a problem; undefined when it is another one. */
export function reasonIn(problem: string): string | undefined {
  return problem.startsWith(SAID) ? problem.slice(SAID.length) : undefined;
}
