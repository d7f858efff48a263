import { ToolError } from "../config/tool_error.ts";

/** A server wants a person to log in, or to allow more than they did. */
export class LoginNeeded extends ToolError {
  constructor(server: string) {
    super(`Cannot use ${JSON.stringify(server)}: it needs a login`, {
      hint: "run `devmcp mcp test NAME` in a terminal, with the server's name",
    });
    // The SDK knows it by this name, and does not take it for a server of an older revision.
    this.name = "UnauthorizedError";
  }
}
