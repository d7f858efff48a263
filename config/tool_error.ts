/** A failure the caller can do something about: one line, and `hint` says what to do next. */
export class ToolError extends Error {
  readonly hint?: string;

  constructor(message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = "ToolError";
    this.hint = options.hint;
  }
}
