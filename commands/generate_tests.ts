import { type Command, Option } from "commander";
import type { App } from "../cli/app.ts";
import { parseCount } from "../cli/arguments.ts";
import { addExamples } from "../cli/examples.ts";
import { countOf } from "../cli/style.ts";
import { TEST_FRAMEWORKS } from "../config/choices.ts";
import { ToolError } from "../config/tool_error.ts";
import { tool } from "../tools/generate_tests.ts";
import { frameworksFor, frameworksForCode } from "../tools/test_frameworks.ts";
import { callTool } from "./calls/call_tool.ts";
import { addModelFlags, configureModel, type ModelFlags } from "./model_flags.ts";
import {
  addOutputFlags,
  checkOutput,
  nameFields,
  type OutputFlags,
  readCode,
  tell,
  writeGenerated,
} from "./write_generated.ts";

interface GenerateTestsFlags extends OutputFlags, ModelFlags {
  code?: string;
  path?: string;
  testFramework?: string;
  framework?: string;
  coverageTarget?: number;
}

export function define(command: Command, app: App): void {
  command
    .argument("[file]", 'the file to test, or "-" for code from standard input')
    .addOption(
      new Option("--framework <name>", "what runs the tests (default: by the file)")
        .choices(TEST_FRAMEWORKS),
    )
    .option("--coverage-target <percent>", "share to reach (default: 80)", parseCount(0, 100));
  addOutputFlags(addModelFlags(command));
  addToolNames(command)
    .action((file: string | undefined, flags: GenerateTestsFlags) =>
      generateTests(file, flags, app)
    );
  addExamples(command, [
    ["devmcp generate-tests src/cart.py -o tests/test_cart.py", "into a new file"],
    ["devmcp generate-tests cart.ts --framework jest", "another framework"],
    ["git show :cart.py | devmcp generate-tests -", "standard input"],
  ]);
}

/** Every tool is a command with its fields as flags; this one takes them too. */
function addToolNames(command: Command): Command {
  return command
    .addOption(new Option("--code <text>").hideHelp())
    .addOption(new Option("--path <file>").hideHelp())
    .addOption(new Option("--test-framework <name>").choices(TEST_FRAMEWORKS).hideHelp());
}

const explain = nameFields({
  test_framework: "--framework",
  coverage_target: "--coverage-target",
  code: "standard input",
  path: "a file",
});

async function generateTests(
  file: string | undefined,
  flags: GenerateTestsFlags,
  app: App,
): Promise<void> {
  const named = chooseSubject(file, flags);
  configureModel(app, "code", flags);
  await checkOutput(app, flags, named.path);
  const subject = named.code === "-" ? { code: await readCode(app) } : named;
  const input = {
    ...subject,
    test_framework: flags.framework ?? flags.testFramework ?? await chooseFramework(subject, app),
    coverage_target: flags.coverageTarget,
  };
  const { output } = await callTool(tool, input, app, { explain });
  await writeGenerated(app, output.test_code, output, flags);
  if (flags.json) return;
  const { test_count, coverage_estimate, problems, checks, language } = output;
  tell(app, [
    `${countOf(test_count, "test")}, estimated coverage ${coverage_estimate} %`,
    ...problems.map((problem) => `problem: ${problem}`),
    checks.length > 0 ? "" : `not checked: devmcp has no engine for ${language}`,
  ]);
}

/** What to test: the file at a path, or code, `-` for what comes through standard input. */
interface Subject {
  path?: string;
  code?: string;
}

function chooseSubject(file: string | undefined, flags: GenerateTestsFlags): Subject {
  const given = [file, flags.path, flags.code].filter((one) => one !== undefined);
  if (given.length === 1) {
    if (file !== undefined) return file === "-" ? { code: file } : { path: file };
    return flags.path !== undefined ? { path: flags.path } : { code: flags.code };
  }
  const state = given.length === 0 ? "none given" : `${given.length} given`;
  throw new ToolError(`Cannot choose the code to test: ${state}`, {
    hint: 'give one file, or "-" for standard input',
  });
}

/** The first framework that fits the code; undefined where the configured one does, or none is known. */
async function chooseFramework({ path, code }: Subject, app: App): Promise<string | undefined> {
  const { values, origins } = await app.config();
  const { test_framework } = values.code_generation;
  const fitting: string[] = path !== undefined
    ? frameworksFor(path)
    : await frameworksForCode(code ?? "", app.engines);
  const [first] = fitting;
  if (first === undefined || fitting.includes(test_framework)) return undefined;
  const origin = origins.get("code_generation.test_framework");
  if (origin && origin.kind !== "default") {
    tell(app, [`note: these tests are for ${first}: ${test_framework} is for another language`]);
  }
  return first;
}
