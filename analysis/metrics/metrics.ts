import type { LanguageId } from "../languages.ts";
import { C } from "./c.ts";
import { CPP } from "./cpp.ts";
import { CSHARP } from "./csharp.ts";
import { GO } from "./go.ts";
import { JAVA } from "./java.ts";
import { JAVASCRIPT } from "./javascript.ts";
import { KOTLIN } from "./kotlin.ts";
import type { LanguageMetrics } from "./language_metrics.ts";
import { PHP } from "./php.ts";
import { RUBY } from "./ruby.ts";
import { RUST } from "./rust.ts";
import { SHELL } from "./shell.ts";
import { TYPESCRIPT } from "./typescript.ts";

/** The tables, by language; Python's own measures are in complexity.ts. */
export const METRICS: Partial<Record<LanguageId, LanguageMetrics>> = {
  javascript: JAVASCRIPT,
  typescript: TYPESCRIPT,
  tsx: TYPESCRIPT,
  go: GO,
  rust: RUST,
  java: JAVA,
  c: C,
  cpp: CPP,
  csharp: CSHARP,
  ruby: RUBY,
  php: PHP,
  shell: SHELL,
  kotlin: KOTLIN,
};
