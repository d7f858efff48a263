import { abortable } from "../config/abortable.ts";
import type { ChatModel } from "../models/chat_model.ts";
import { newTurn } from "../sessions/new_turn.ts";
import type { Session } from "../sessions/session.ts";
import { countedModel } from "./counted_model.ts";
import type { Emit } from "./events.ts";
import { patientPerson } from "./patient_person.ts";
import { startTurnClock } from "./turn_clock.ts";
import type { TurnState } from "./turn_state.ts";
import type { AgentWorld } from "./world.ts";

/** A turn that is going on. */
export interface OpenTurn {
  state: TurnState;
  /** Writes the times into the turn, and lets its clock go. */
  close(): void;
}

/** Begins a turn: its record, its budgets and its signal. */
export function openTurn(input: string, session: Session, world: AgentWorld): OpenTurn {
  const { settings } = world;
  const turn = newTurn((session.turns.at(-1)?.id ?? 0) + 1, input);
  const clock = startTurnClock(settings.turnMs);
  const broken = new AbortController();
  const signal = AbortSignal.any([world.signal, clock.signal, broken.signal]);
  const waitFor: TurnState["waitFor"] = (work) => clock.waitFor(() => abortable(work, signal));
  let model: ChatModel | undefined;
  const state: TurnState = {
    input,
    attachments: [],
    session,
    turn,
    signal,
    world: {
      ...world,
      signal,
      emit: guardedEmit(world.emit, broken),
      person: patientPerson(world.person, clock.waitForPerson),
    },
    chatModel: async () =>
      model ??= countedModel(await waitFor(() => world.models.get("chat", { signal })), turn, {
        maxCalls: settings.maxModelCalls,
        signal,
        waitFor,
      }),
    waitFor,
    pausedMs: clock.pausedMs,
  };
  const close = () => {
    clock.stop();
    Object.assign(turn.timing, clock.times());
  };
  return { state, close };
}

/** An edge that fails ends the turn, but not in the middle of somebody else's work. */
function guardedEmit(emit: Emit, broken: AbortController): Emit {
  return (event) => {
    if (broken.signal.aborted) return;
    try {
      emit(event);
    } catch (error) {
      broken.abort(error);
    }
  };
}
