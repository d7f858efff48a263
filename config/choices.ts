/** Words that both a tool and the configuration take; here because both may import them. */

/** What an issue is about; `focus_areas` takes the same words. */
export const CATEGORIES = [
  "correctness",
  "security",
  "performance",
  "complexity",
  "style",
  "documentation",
  "naming",
  "imports",
  "typing",
  "testing",
  "maintainability",
] as const;

/** What makes a review fail: an issue at least this severe, or none. */
export const FAIL_ON = ["critical", "major", "minor", "info", "never"] as const;
export type FailOn = (typeof FAIL_ON)[number];

/** What a review checks beyond the default rules. */
export const STYLE_GUIDES = ["pep8", "pep257", "google", "numpy", "black", "default"] as const;

/** What tests are generated for. */
export const TEST_FRAMEWORKS = ["pytest", "unittest", "vitest", "jest", "go test"] as const;

/** What runs in a chat without a question. */
export const APPROVAL_MODES = ["ask", "reads", "all", "none"] as const;
/**
 * `ask`: what only reads runs, the rest asks. `reads`: the rest is refused without a question.
 * `all`: everything runs. `none`: nothing runs.
 */
export type ApprovalMode = (typeof APPROVAL_MODES)[number];

/** What a key of `devmcp serve` allows: tools that read, tools that write files, tools that run programs. */
export const SCOPES = ["read", "write", "run"] as const;
export type Scope = (typeof SCOPES)[number];

/** From the most talkative to the least. */
export const LOG_LEVELS = ["debug", "info", "warning", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
