import { ToolError } from "../config/tool_error.ts";

/** A server wants a person to log in, or to allow more than they did. */
export class LoginNeeded extends ToolError {
  /** @param name the server's, for the command that logs in. @default "NAME" */
  constructor(name = "NAME") {
    super(`it needs a login: run "devmcp mcp test ${name}" in a terminal`);
    // The SDK knows it by this name, and does not take it for a server of an older revision.
    this.name = "UnauthorizedError";
  }
}
