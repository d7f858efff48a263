import type { Command } from "commander";
import type { App } from "../cli/app.ts";
import type { FlagValue } from "../config/load.ts";
import type { Role } from "../models/chat_model.ts";

/** The flags of every command that cannot work without a model. */
export interface ModelFlags {
  model?: string;
  /** As it was written: the configuration's schema decides what it may be. */
  timeout?: string;
}

/** Adds them. */
export function addModelFlags(command: Command): Command {
  return command
    .option("--model <name>", "the model to ask (default: as configured, or the best installed)")
    .option("--timeout <seconds>", "how long it may take (default: as configured, 60)");
}

/** Lays them over the configuration of a role. */
export function configureModel(
  app: Pick<App, "configure">,
  role: Role,
  { model, timeout }: ModelFlags,
): void {
  const flags: Record<string, FlagValue> = {};
  if (model !== undefined) flags[`model.${role}.model`] = { flag: "--model", value: model };
  if (timeout !== undefined) flags[TIMEOUT] = { flag: "--timeout", value: numberOf(timeout) };
  app.configure(flags);
}

const TIMEOUT = "model.timeout_seconds";

function numberOf(text: string): number | string {
  return /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
}

/** A hint that says which limit to raise, with the flag or variable that set it. */
export async function nameTimeout(hint: string, app: Pick<App, "config">): Promise<string> {
  if (!hint.includes(TIMEOUT)) return hint;
  const origin = (await app.config()).origins.get(TIMEOUT);
  if (origin?.kind === "flag") return hint.replaceAll(TIMEOUT, origin.flag);
  return origin?.kind === "environment" ? hint.replaceAll(TIMEOUT, origin.variable) : hint;
}
