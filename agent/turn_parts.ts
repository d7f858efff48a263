import { fillArguments } from "./execute/fill_arguments.ts";
import { revisePlan } from "./plan/revise_plan.ts";
import { understand } from "./understand/understand.ts";

/** The parts of a turn that think. */
export const turnParts = { understand, fillArguments, revisePlan };

export type TurnParts = typeof turnParts;
