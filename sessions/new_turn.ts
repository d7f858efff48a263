import type { Turn } from "./session.ts";

/**
 * A turn that has just begun.
 *
 * @param id 1, 2, … within the session
 * @param at ISO 8601, UTC. @default now
 */
export function newTurn(id: number, input: string, at = new Date().toISOString()): Turn {
  return {
    id,
    at,
    input,
    status: "done",
    questions: [],
    plan: [],
    calls: [],
    answer: "",
    notices: [],
    model: "",
    usage: { calls: 0, prompt: 0, completion: 0 },
    timing: { totalMs: 0, waitedMs: 0 },
    changes: [],
  };
}
