import type { Command } from "commander";
import type { App } from "../cli/app.ts";
import { addExamples } from "../cli/examples.ts";
import { sanitizeLine, toJson } from "../cli/sanitize.ts";
import { type Paint, paletteOf } from "../cli/style.ts";
import { padEnd } from "../cli/width.ts";
import type { LoadedConfig } from "../config/config.ts";
import type { Check, CheckState } from "./check.ts";
import type { Mended } from "./doctor_fix.ts";
import { checkMachine } from "./machine_checks.ts";
import { checkModels } from "./model_checks.ts";

interface DoctorFlags {
  fix?: boolean;
  yes?: boolean;
  json?: boolean;
}

export function define(command: Command, app: App): void {
  command
    .option("--fix", "mend what devmcp can mend; downloads are asked about first")
    .option("-y, --yes", "with --fix: download without asking")
    .option("--json", "the checks as JSON")
    .addHelpText("after", "\nExits with 1 when something is wrong; a missing model is not.")
    .action((flags: DoctorFlags) => doctor(app, flags));
  addExamples(command, [
    ["devmcp doctor", "what works, what does not, and what to do"],
    ["devmcp doctor --fix", "download missing models, then check again"],
  ]);
}

/** Checks, shows what was found, and mends it where that is asked for. */
export async function doctor(app: App, flags: DoctorFlags): Promise<void> {
  const show = (check: Check) => {
    if (!flags.json) app.stdout.write(renderCheck(check, app));
  };
  let checks = await collect(withoutWarnings(app), show);
  let mended: Mended | undefined;
  if (flags.fix) {
    const { mend } = await import("./doctor_fix.ts");
    mended = await mend(checks, app, flags);
    if (!flags.json) app.stdout.write(renderMended(mended));
    if (mended.fixed.length > 0) checks = await collect(withoutWarnings(app), show);
  }
  const healthy = checks.every(({ state }) => state !== "problem");
  if (flags.json) app.stdout.write(renderJson(checks, healthy, mended));
  if (!healthy || mended?.failed.length) app.exitCode = 1;
}

/** The same, with a configuration read now and in silence: its warnings are lines of the report. */
function withoutWarnings(app: App): App {
  const { cwd, env } = app;
  let loaded: Promise<LoadedConfig> | undefined;
  const load = async () => (await import("../config/load.ts")).loadConfig({ cwd, env });
  // A copy would ask for the signal, which takes Ctrl-C away from the system.
  return Object.create(app, { config: { value: () => loaded ??= load() } });
}

/** The servers are asked while the engines are loaded. */
async function collect(app: App, show: (check: Check) => void): Promise<Check[]> {
  const checks: Check[] = [];
  const models = checkModels(app);
  for await (const check of inTurn(checkMachine(app), models)) {
    checks.push(check);
    show(check);
  }
  return checks;
}

async function* inTurn(first: AsyncIterable<Check>, then: Promise<Check[]>) {
  yield* first;
  yield* await then;
}

function renderMended({ fixed, failed }: Mended): string {
  if (fixed.length === 0) {
    return `\n--fix has mended nothing${failed.length > 0 ? "" : ": there is nothing it could"}.\n`;
  }
  return `\n${fixed.map((text) => `${sanitizeLine(text)}\n`).join("")}Checked again:\n\n`;
}

function renderJson(checks: Check[], healthy: boolean, mended?: Mended): string {
  const shown = checks.map(({ fix: _fix, ...check }) => check);
  return `${toJson({ version: 1, healthy, checks: shown, ...mended }, 2)}\n`;
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
