import * as z from "zod";
import { nearestWords } from "./nearest.ts";
import type { OAuthSettings } from "./oauth_settings.ts";

/** What a server of `mcpServers` may be called. */
export const SERVER_NAME = /^[A-Za-z0-9_-]{1,64}$/;
/** devmcp's own server, which needs no definition. */
export const OWN_SERVER = "devmcp";
/** In one file. */
export const MAX_SERVERS = 64;

const MAX_ITEMS = 128;
const MAX_TEXT = 8192;

const WRONG_CHARACTER = "holds a character that cannot be there";

/** Where an operating system or HTTP would end a text. */
function holdsEnd(value: string, ends = ["\0"]): boolean {
  return ends.some((end) => value.includes(end));
}

function text(maxLength = MAX_TEXT, minLength = 1) {
  const error = `must be a text of at most ${maxLength} characters`;
  return z.string({ error }).min(minLength, { error }).max(maxLength, { error })
    .refine((value) => !holdsEnd(value), { error: WRONG_CHARACTER });
}

function list(item: z.ZodType<string>) {
  const error = `must be a list of at most ${MAX_ITEMS} texts`;
  return z.array(item, { error }).max(MAX_ITEMS, { error });
}

/** Numbers and booleans are taken as they are written: `PORT: 8080`. */
const scalar = z.union([z.string().max(MAX_TEXT), z.number(), z.boolean()], {
  error: `must be a text of at most ${MAX_TEXT} characters`,
});

/** @param ends characters that no value may hold */
function pairs(name: RegExp, ends: string[]) {
  const error = `must be a table of at most ${MAX_ITEMS} texts`;
  return z.record(z.string(), scalar, { error }).superRefine((table, context) => {
    const add = (message: string, path: string[] = []) =>
      context.addIssue({ code: "custom", message, path });
    const entries = Object.entries(table);
    if (entries.length > MAX_ITEMS) add(error);
    for (const [key, item] of entries) {
      if (!name.test(key)) add("is no name that it can have", [key]);
      else if (holdsEnd(String(item), ends)) add(WRONG_CHARACTER, [key]);
    }
  });
}

const oauth: z.ZodType<OAuthSettings> = z.strictObject({
  client_id: text(2048).optional(),
  client_secret_env: text(128).regex(/^[A-Za-z_]\w*$/, { error: "must be a variable's name" })
    .optional(),
  private_key_file: text(4096).optional(),
  grant: z.enum(["authorization_code", "client_credentials", "cross_app_access"], {
    error: "must be one of authorization_code, client_credentials, cross_app_access",
  }).optional(),
  idp_token_endpoint: text(2048).optional(),
  idp_client_id: text(2048).optional(),
  id_token_env: text(128).regex(/^[A-Za-z_]\w*$/, { error: "must be a variable's name" })
    .optional(),
  issuer: text(2048).optional(),
  scopes: list(text(256)).optional(),
  client_metadata_url: text(2048).optional(),
  redirect_port: z.int({ error: "must be a port" }).min(1).max(65_535).optional(),
}, { error: "must be a table" });

/** What is written for one server; the keys that it may have. */
const shape = {
  type: z.enum(["stdio", "http", "streamable-http", "sse"], {
    error: "must be one of stdio, http, streamable-http, sse",
  }).optional().meta({ description: "How it is spoken to; told by command or url" }),
  command: text().optional().meta({ description: "The program that is the server" }),
  args: list(text(MAX_TEXT, 0)).optional()
    .meta({ description: "Its arguments" }),
  env: pairs(/^[\w.()-]{1,256}$/, ["\0"]).optional()
    .meta({ description: "Variables of its environment" }),
  cwd: text(4096).optional().meta({ description: "The folder that it starts in" }),
  url: text(2048).regex(/^(https?:\/\/|\$\{)\S*$/i, {
    error: "must begin with http:// or https://",
  }).optional().meta({ description: "The server's address" }),
  headers: pairs(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}$/, ["\0", "\r", "\n"]).optional()
    .meta({ description: "Headers of each request" }),
  oauth: oauth.optional().meta({
    description: "How devmcp logs in there; nothing of it is needed where it can register itself",
  }),
  disabled: z.boolean({ error: "must be true or false" }).optional()
    .meta({ description: "Whether it is left alone" }),
  timeout_seconds: z.number({ error: "must be a number above 0, at most 86400" })
    .gt(0, { error: "must be a number above 0" }).max(86_400, { error: "must be at most 86400" })
    .optional().meta({ description: "Seconds that a call may take without progress; default 60" }),
  tools: z.union([
    list(text(256)),
    z.strictObject({ allow: list(text(256)).optional(), deny: list(text(256)).optional() }),
  ], { error: "must be a table with the lists allow and deny" }).optional()
    .meta({ description: "Names of the tools that are offered, and that are not; with *" }),
};

/** Either a program or an address. */
function checkKind(server: { type?: string; command?: string; url?: string }): string | undefined {
  const { type, command, url } = server;
  if (command !== undefined && url !== undefined) return "has both command and url";
  if (command === undefined && url === undefined) return "needs command or url";
  if (command !== undefined && type !== undefined && type !== "stdio") {
    return `has a command, so type cannot be ${type}`;
  }
  if (url !== undefined && type === "stdio") return "has a url, so type cannot be stdio";
}

function refuseWrongKind(server: object, context: z.RefinementCtx): void {
  const message = checkKind(server);
  if (message) context.addIssue({ code: "custom", message });
}

const strictServer = z.strictObject(shape).superRefine(refuseWrongKind);
/** Other clients have keys of their own, and another meaning for some of ours. */
const openServer = z.object({ ...shape, oauth: shape.oauth.catch(undefined) })
  .superRefine(refuseWrongKind);

/** One server as it is written, checked. */
export type WrittenServer = z.output<typeof openServer>;

/** The section `mcpServers` for editors. */
export const serversSchema = z.record(z.string(), strictServer).meta({
  description: "Other MCP servers, by name; `devmcp chat` uses their tools",
});

/** What is wrong with a server, as the end of a sentence; `path` leads to the place. */
export interface ServerProblem {
  path: PropertyKey[];
  /** `must be …`. */
  state: string;
}

/**
 * Checks what is written for a server.
 *
 * @param strict whether an unknown key is an error
 */
export function checkServer(
  name: string,
  value: unknown,
  { strict }: { strict: boolean },
): { server: WrittenServer } | { problem: ServerProblem } {
  if (!SERVER_NAME.test(name)) {
    return {
      problem: { path: [], state: "is no name: letters, digits, _ and - only, at most 64" },
    };
  }
  if (name === OWN_SERVER) return { problem: { path: [], state: "is the name of devmcp's own" } };
  const result = (strict ? strictServer : openServer).safeParse(value);
  if (result.success) return { server: result.data };
  return { problem: problemOf(result.error.issues[0]!) };
}

function problemOf(issue: z.core.$ZodIssue): ServerProblem {
  const { path, code, message } = issue;
  if (code === "unrecognized_keys") {
    const [key = ""] = issue.keys;
    const [near] = nearestWords(key, Object.keys(shape), 1);
    return { path: [...path, key], state: `is no key${near ? `; did you mean "${near}"?` : ""}` };
  }
  return {
    path,
    state: code === "invalid_type" && path.length === 0 ? "must be a table" : message,
  };
}
