import * as z from "zod";
import { formatPython } from "../analysis/format.ts";
import { applySafeFixes } from "../analysis/fixes/fixes.ts";
import {
  goDependencies,
  pythonDependencies,
  scriptDependencies,
} from "../analysis/unit_tests/imports.ts";
import { isBroken, type Issue } from "../analysis/issue.ts";
import type { RuffSettings } from "../analysis/ruff/ruff.ts";
import { DEFAULT_SETTINGS } from "../analysis/ruff/ruff_settings.ts";
import type { ChatModel } from "../models/chat_model.ts";
import { ModelError } from "../models/model_error.ts";
import type { ToolContext } from "./tool.ts";

/** What code went through; nothing is claimed of languages without an engine. */
const CHECKS = ["syntax", "bugs", "format"] as const;
export type Check = (typeof CHECKS)[number];

/** The output fields of every tool whose result is code that a model wrote. */
export const generatedFields = {
  checks: z.array(z.enum(CHECKS)).describe(
    "What the code went through: parsed, linted for bugs, formatted; empty when devmcp has no " +
      "engine for the language",
  ),
  problems: z.array(z.string()).describe("What is still wrong with it, one line each"),
  model: z.string().describe("The model that wrote it"),
};

/** Code that is as good as the engines can make it. */
export interface FinishedCode {
  code: string;
  checks: Check[];
  problems: string[];
}

/** What the engines have to say about code that a model wrote. */
export interface CodeInspector {
  /**
   * What the model is to mend, one line each; undefined when nothing is found. Absent without an
   * engine for the language, where nothing tells code from prose.
   */
  check?(code: string): Promise<string | undefined>;
  /** Mends what is safe to mend, and formats. @throws {ModelError} when it does not parse */
  finish(code: string, writer: Pick<ChatModel, "model">): Promise<FinishedCode>;
}

/**
 * The inspector of a language.
 *
 * @param fileName Decides which rules hold, as in tests
 */
export function createInspector(
  language: string,
  ctx: Pick<ToolContext, "engines" | "workspace">,
  fileName?: string,
): CodeInspector {
  return language === "python" ? createPythonInspector(ctx, fileName) : TAKEN_AS_IT_IS;
}

const TAKEN_AS_IT_IS: CodeInspector = {
  finish: (code) => Promise.resolve({ code, checks: [], problems: [] }),
};

function createPythonInspector(
  { engines, workspace }: Pick<ToolContext, "engines" | "workspace">,
  fileName?: string,
): CodeInspector {
  const findIssues = async (code: string) => {
    const [ruff, settings] = await Promise.all([engines.ruff(), workspace.ruffSettings()]);
    return ruff.lint(code, forBugs(settings), fileName).filter(isWorthMending);
  };
  return {
    async check(code) {
      const { size } = (await engines.python()).parse(code);
      if (size <= 1) return "line 1: there is no code";
      const lines = (await findIssues(code)).filter(({ fix }) => !fix?.safe).map(describe);
      return lines.length === 0 ? undefined : lines.join("\n");
    },
    async finish(code, writer) {
      const [ruff, settings] = await Promise.all([engines.ruff(), workspace.ruffSettings()]);
      const broken = ruff.lint(code, forBugs(settings), fileName).find(isBroken);
      if (broken) throw brokenCode(writer, broken);
      const mended = applySafeFixes(ruff, code, forBugs(settings), fileName).text;
      const formatted = formatPython(ruff, mended, "ruff", settings).formatted_code;
      return {
        code: formatted,
        checks: [...CHECKS],
        problems: (await findIssues(formatted)).map(describe),
      };
    },
  };
}

/** The project decides about layout; bugs are bugs whatever rules it has chosen. */
function forBugs(settings: RuffSettings): RuffSettings {
  const { options: { lint }, perFileIgnores } = DEFAULT_SETTINGS;
  return { ...settings, options: { ...settings.options, lint }, perFileIgnores };
}

/** Bugs and holes; that a model writes in a taste of its own is no reason to ask again. */
function isWorthMending({ category, severity }: Issue): boolean {
  return (category === "correctness" || category === "security" || category === "imports") &&
    (severity === "critical" || severity === "major");
}

function describe({ line, rule, message }: Issue): string {
  return `line ${line}: ${message} (${rule})`;
}

function brokenCode({ model }: Pick<ChatModel, "model">, issue: Issue): ModelError {
  return new ModelError(
    "unusable",
    `Cannot use the reply of "${model}": its code does not parse, ${describe(issue)}`,
    { hint: "ask again, for less at once, or use a larger model" },
  );
}

/**
 * What is left of the findings: those of the finished code, and what was said of the reply as a
 * whole. Lines of `finding` that begin with a line's number are of the code before it was formatted.
 */
export function problemsLeft({ problems }: FinishedCode, finding: string | undefined): string[] {
  const ofReply = (finding ?? "").split("\n").filter((line) => line && !/^line \d/.test(line));
  return [...ofReply, ...problems];
}

/** Reads what has to be installed from the code's imports; nothing for languages not known here. */
export async function dependenciesOf(
  code: string,
  language: string,
  { engines }: Pick<ToolContext, "engines">,
  own: readonly string[] = [],
): Promise<string[]> {
  if (language === "python") return pythonDependencies((await engines.python()).parse(code), own);
  if (language === "javascript" || language === "typescript") return scriptDependencies(code);
  return language === "go" ? goDependencies(code) : [];
}

/** For the rendered text: how far the code can be relied on. */
export function renderChecks(
  { checks, problems }: { checks: string[]; problems: string[] },
  language: string,
): string {
  const checked = checks.length > 0
    ? `Checked: ${checks.join(", ")}.`
    : `Not checked: devmcp has no engine for ${language}.`;
  if (problems.length === 0) return checked;
  return `## Problems\n\n${problems.map((problem) => `- ${problem}`).join("\n")}\n\n${checked}`;
}
