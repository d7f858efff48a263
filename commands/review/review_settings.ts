import type { Category } from "../../analysis/issue.ts";
import type { ComplexityLimits } from "../../analysis/metrics/complexity_limits.ts";
import { configuredLimits } from "../../analysis/metrics/configured_limits.ts";
import type { StyleGuideName } from "../../analysis/rules/style_guides.ts";
import type { App } from "../../cli/app.ts";
import type { LoadedConfig } from "../../config/config.ts";
import { configured } from "../configured.ts";
import type { ModelChoice } from "./review_model_options.ts";
import type { ReviewFlags } from "./review_options.ts";

/** What flags leave open and a configuration may decide. */
export interface ReviewSettings {
  styleGuide: StyleGuideName;
  focus: readonly Category[];
  model: ModelChoice;
  limits?: ComplexityLimits;
  /** Of the model's role: each takes one file at a time. */
  servers: number;
}

/**
 * The flags', else the configuration's, which is read only where there is one: its schema alone
 * would make a hook noticeably slower. For the same reason `auto` looks for no model: it asks the one
 * that a file or the environment names.
 *
 * @throws {ToolError} when a model is required and there is none
 */
export async function chooseSettings(
  { styleGuide, model }: ReviewFlags,
  app: App,
): Promise<ReviewSettings> {
  const config = await configured(app);
  const { code_review: chosen } = config?.values ?? {};
  const wanted = model ?? chosen?.model ?? "auto";
  if (wanted === "require") await app.models.get("code");
  return {
    styleGuide,
    focus: (chosen?.focus_areas ?? []) as Category[],
    model: wanted === "auto" && !(config && namesModel(config)) ? "off" : wanted,
    limits: configuredLimits(config?.values),
    servers: Math.max(1, config?.values.model.code.endpoints.length ?? 1),
  };
}

/** Whether somebody has said which model writes and judges code, or where it runs. */
function namesModel({ origins }: LoadedConfig): boolean {
  return ["model.code.endpoints", "model.code.model"]
    .some((key) => (origins.get(key)?.kind ?? "default") !== "default");
}
