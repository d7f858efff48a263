import type { ApprovalRequest, Person, Question } from "../../agent/person.ts";
import type { AgentSettings } from "../../agent/world.ts";

/**
 * Nobody: questions get no answer and nothing is agreed to, at once.
 *
 * @param tell gets one line that says so, and which flag would allow it
 */
export function scriptPerson(
  settings: Pick<AgentSettings, "approve">,
  tell: (line: string) => void,
): Person {
  const refuse = (line: string) => {
    tell(line);
    // A reason would be taken for what the person wants instead.
    return Promise.resolve({ kind: "no", reason: "" } as const);
  };
  return {
    ask: (questions) => {
      for (const question of questions) tell(unanswered(question));
      return Promise.resolve(undefined);
    },
    approve: ({ tool }: ApprovalRequest) =>
      refuse(`not run: ${tool.name}; nobody is there to agree (--approve all allows it)`),
    confirmPlan: () =>
      settings.approve === "all"
        ? Promise.resolve({ kind: "yes" })
        : refuse("not run: the plan; nobody is there to agree (--approve all allows it)"),
  };
}

function unanswered({ text, choices }: Question): string {
  const list = choices.length > 0 ? ` (${choices.join(" | ")})` : "";
  return `not answered: ${text}${list}; say it in the message`;
}
