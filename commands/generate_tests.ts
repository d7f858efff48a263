import { type Command, Option } from "commander";
import type { App } from "../cli/app.ts";
import { parseCount } from "../cli/arguments.ts";
import { addExamples } from "../cli/examples.ts";
import { countOf } from "../cli/style.ts";
import { tool } from "../tools/generate_tests.ts";
import { frameworksFor, TEST_FRAMEWORKS } from "../tools/test_frameworks.ts";
import { callTool } from "./call_tool.ts";
import {
  addOutputFlags,
  checkOutput,
  nameFields,
  type OutputFlags,
  readWords,
  tell,
  writeGenerated,
} from "./write_generated.ts";

interface GenerateTestsFlags extends OutputFlags {
  framework?: string;
  coverageTarget?: number;
}

export function define(command: Command, app: App): void {
  command
    .argument("<file>", 'the file to test, or "-" for code from standard input')
    .addOption(
      new Option("--framework <name>", "what runs the tests (default: by the file)")
        .choices(TEST_FRAMEWORKS),
    )
    .option("--coverage-target <percent>", "share to reach (default: 80)", parseCount(0, 100));
  addOutputFlags(command)
    .action((file: string, flags: GenerateTestsFlags) => generateTests(file, flags, app));
  addExamples(command, [
    ["devmcp generate-tests src/cart.py -o tests/test_cart.py", "into a new file"],
    ["devmcp generate-tests cart.ts --framework jest", "another framework"],
    ["git show :cart.py | devmcp generate-tests -", "standard input"],
  ]);
}

const explain = nameFields({
  test_framework: "--framework",
  coverage_target: "--coverage-target",
  code: "standard input",
  path: "a file",
});

async function generateTests(file: string, flags: GenerateTestsFlags, app: App): Promise<void> {
  await checkOutput(app, flags, file === "-" ? undefined : file);
  const input = {
    ...file === "-" ? { code: await readWords(app, ["-"]) } : { path: file },
    test_framework: flags.framework ?? await chooseFramework(file, app),
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

/** The first framework that fits the file; undefined where the configured one does, or none. */
async function chooseFramework(file: string, app: App): Promise<string | undefined> {
  const { test_framework } = (await app.config()).values.code_generation;
  const fitting: string[] = file === "-" ? [] : frameworksFor(file);
  return fitting.includes(test_framework) ? undefined : fitting[0];
}
