import { join } from "node:path";
import * as z from "zod";
import { type Env, userFolders } from "../config/folders.ts";
import { hashOf } from "../config/hash_of.ts";
import { withLock } from "../config/with_lock.ts";
import { openStateFile } from "./state_file.ts";

const loginSchema = z.object({
  /** URL of the MCP server. */
  server: z.string(),
  /** The authorization server that gave all this, and the only one that gets it back. */
  issuer: z.string(),
  client: z.object({
    client_id: z.string(),
    /** Only of a client that devmcp registered itself. */
    client_secret: z.string().optional(),
    token_endpoint_auth_method: z.string().optional(),
  }),
  tokens: z.object({
    access_token: z.string(),
    refresh_token: z.string().optional(),
    /** What was granted, with blanks between. */
    scope: z.string().optional(),
  }).optional(),
  /** What the server wants beside that, since it refused something. */
  wanted: z.string().max(4096).optional(),
});

/** What devmcp is at an authorization server, for one MCP server. */
export type OAuthLogin = z.infer<typeof loginSchema>;

/** The user's logins at MCP servers, in a file that only they can read. Their content is secret. */
export interface OAuthTokens {
  /** The login used last with a server, or that at one authorization server. */
  read(server: string, issuer?: string): OAuthLogin | undefined;
  /** Keeps it as the one used last. @throws {ToolError} when the disk refuses */
  save(login: OAuthLogin): Promise<void>;
  /** Forgets all logins at a server; false when there were none. @throws {ToolError} */
  remove(server: string): Promise<boolean>;
  /** Runs `work` while no other process does for this server: a refresh token is used only once. */
  exclusively<T>(server: string, work: () => Promise<T>): Promise<T>;
}

const fileSchema = z.object({ version: z.literal(1), logins: z.array(loginSchema) });

/** Where the logins are kept. */
export function oauthTokensPath(env: Env): string {
  return join(userFolders(env).state, "mcp_logins.json");
}

/** Opens the user's logins. @param path absolute */
export function openOAuthTokens(path: string): OAuthTokens {
  const file = openStateFile({ path, schema: fileSchema, empty: { version: 1, logins: [] } });
  const change = (edit: (logins: OAuthLogin[]) => OAuthLogin[]) =>
    file.update(({ version, logins }) => ({ version, logins: edit(logins) }));
  return {
    read: (server, issuer) =>
      file.read().logins.find((one) =>
        one.server === server && (issuer === undefined || one.issuer === issuer)
      ),
    async save(login) {
      const isOther = (one: OAuthLogin) =>
        one.server !== login.server || one.issuer !== login.issuer;
      await change((logins) => [login, ...logins.filter(isOther)]);
    },
    async remove(server) {
      if (!file.read().logins.some((one) => one.server === server)) return false;
      await change((logins) => logins.filter((one) => one.server !== server));
      return true;
    },
    exclusively: (server, work) => withLock(`${path}.${hashOf(server).slice(0, 16)}.lock`, work),
  };
}
