import type { Command } from "commander";
import type { App } from "../cli/app.ts";
import { sanitizeLine, toJson } from "../cli/sanitize.ts";
import { type Paint, paletteOf } from "../cli/style.ts";
import { padEnd } from "../cli/width.ts";
import { type Check, checkMachine, type CheckState } from "./machine_checks.ts";

export function define(command: Command, app: App): void {
  command
    .option("--json", "the checks as JSON")
    .addHelpText("after", "\nExits with 1 when something is wrong.")
    .action((flags: { json?: boolean }) => doctor(app, flags));
}

async function doctor(app: App, { json }: { json?: boolean }): Promise<void> {
  const checks: Check[] = [];
  for await (const check of checkMachine(app)) {
    checks.push(check);
    if (!json) app.stdout.write(renderCheck(check, app));
  }
  const healthy = checks.every(({ state }) => state !== "problem");
  if (json) app.stdout.write(`${toJson({ version: 1, healthy, checks }, 2)}\n`);
  if (!healthy) app.exitCode = 1;
}

const NAME_COLUMNS = 13;
const STATE_COLUMNS = 7;

/** `ok       ruff         0.17.3, answers in 230 ms`, and what to do when it is not. */
function renderCheck({ name, state, detail, advice }: Check, { stdout }: App): string {
  const palette = paletteOf(stdout);
  const paints: Record<CheckState, Paint> = {
    ok: palette.good,
    warning: palette.severity.major,
    problem: palette.severity.critical,
  };
  const head = paints[state](padEnd(state, STATE_COLUMNS));
  const line = `${head}  ${padEnd(name, NAME_COLUMNS)}  ${sanitizeLine(detail)}\n`;
  const indent = " ".repeat(STATE_COLUMNS + NAME_COLUMNS + 4);
  return advice ? `${line}${indent}${sanitizeLine(advice)}\n` : line;
}
