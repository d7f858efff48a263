import { type Command, Option } from "commander";

const MODEL_CHOICES = ["auto", "off", "require"] as const;
export type ModelChoice = (typeof MODEL_CHOICES)[number];

export interface ModelFlags {
  model?: ModelChoice;
  failOnModel?: boolean;
}

/** Whether a model is asked too, and whether what it says counts. */
export function addModelOptions(command: Command): void {
  command
    .addOption(
      new Option(
        "--model <when>",
        "let a local model add its advice: auto, where a devmcp.yaml or the environment names one " +
          "or its server; require, or fail; off, for hooks that must be fast (default: auto)",
      ).choices(MODEL_CHOICES),
    )
    .option(
      "--fail-on-model",
      "what the model found counts for --fail-on, --min-score and the score",
    );
}
