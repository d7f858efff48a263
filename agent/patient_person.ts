import { abortable } from "../config/abortable.ts";
import type { Person } from "./person.ts";

/**
 * The same person, who is asked one thing at a time, and whose answers are waited for only as long
 * as the turn goes on.
 *
 * @param waitFor counts the waiting; without that for the turn of another question
 */
export function patientPerson(
  person: Person,
  waitFor: <T>(work: () => Promise<T>) => Promise<T>,
): Person {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> => {
    const answer = last.then(() => waitFor(() => abortable(ask, signal)));
    last = answer.catch(() => {});
    return answer;
  };
  return {
    ask: (questions, signal) => inTurn(() => person.ask(questions, signal), signal),
    approve: (request, signal) => inTurn(() => person.approve(request, signal), signal),
    confirmPlan: (steps, signal) => inTurn(() => person.confirmPlan(steps, signal), signal),
  };
}
