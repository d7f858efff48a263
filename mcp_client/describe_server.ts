import { hashOf } from "../config/hash_of.ts";
import { hideCredentials } from "../config/hide_credentials.ts";
import type { ServerDefinition } from "../config/server_definition.ts";
import { variablesOf } from "./expand_variables.ts";

/** What a person has to see before they agree to a server: all that it is made of. Hostile. */
export interface ServerDetail {
  label: string;
  text: string;
}

/** All of a server's definition, each part on a line of its own, nothing left out or filled in. */
export function describeServer({ server, file }: ServerDefinition): ServerDetail[] {
  const parts = server.kind === "stdio"
    ? [
      { label: "runs", text: commandLine([server.command, ...server.args]) },
      ...server.cwd === undefined ? [] : [{ label: "in the folder", text: server.cwd }],
      ...Object.entries(server.env).map(([name, value]) => ({
        label: "with the variable",
        text: `${name}=${value}`,
      })),
    ]
    : [
      { label: "sends to", text: server.url },
      ...Object.keys(server.headers).map((name) => ({ label: "with the header", text: name })),
      ...Object.entries(server.oauth).map(([name, value]) => ({
        label: "logs in with",
        text: `${name}: ${value}`,
      })),
    ];
  const variables = variablesOf(server)
    .map((name) => ({ label: "gets from your environment", text: name }));
  return [...parts, ...variables, { label: "defined in", text: file }];
}

/** The whole command, or the URL without what may be a key in it, in one line. */
export function addressOf({ server }: ServerDefinition): string {
  return server.kind === "http"
    ? hideCredentials(server.url)
    : commandLine([server.command, ...server.args]);
}

/** Quoted where a reader could take one argument for two, or miss one. */
function commandLine(words: string[]): string {
  return words.map((word) => /^[\w@%+=:,./-]+$/.test(word) ? word : JSON.stringify(word)).join(" ");
}

/** Changes when anything changes that a person has agreed to. */
export function hashServer({ server }: Pick<ServerDefinition, "server">): string {
  return hashOf(JSON.stringify(server));
}
