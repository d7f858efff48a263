import { fillArguments } from "./fill_arguments.ts";
import { revisePlan } from "./revise_plan.ts";
import { understand } from "./understand.ts";

/** The parts of a turn that think. */
export const turnParts = { understand, fillArguments, revisePlan };

export type TurnParts = typeof turnParts;
