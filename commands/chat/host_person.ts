import { fenced } from "../../config/fenced.ts";
import { oneLine } from "../../config/one_line.ts";
import type { HostPerson } from "../../mcp_client/host_person.ts";
import { fillForm } from "./fill_form.ts";
import type { Surface } from "./surface.ts";

/** The person in front of a surface, who decides about other servers; nobody, where it is a script's. */
export function hostPerson(surface: Surface): HostPerson {
  const refuse = (line: string) => (surface.notice(line), false);
  return {
    agree: async (server, details, signal) => {
      if (!surface.isInteractive) {
        return refuse(
          `not started: the server ${server.name} of this project; nobody is there to agree ` +
            `(devmcp mcp test ${server.name} asks)`,
        );
      }
      const text = details.map(({ label, text }) => `${label}: ${visible(text)}`).join("\n");
      surface.print(`This project brings the MCP server **${oneLine(server.name, 64)}**:`);
      surface.print(fenced(text, "text"));
      return await isYes("Start it, now and later?", surface, signal);
    },
    showChangedTool: async ({ server, tool, description, inputSchema }, signal) => {
      const name = oneLine(`${server}:${tool}`, 128);
      if (!surface.isInteractive) {
        return refuse(
          `not used: ${name}; it is not what was agreed to (devmcp mcp test ${server} asks)`,
        );
      }
      surface.print(`The tool **${name}** is no longer what it was. It says:`);
      surface.print(fenced(`${description}\n\n${inputSchema}`, "text"));
      return await isYes("Use it as it is now?", surface, signal);
    },
    sampling: async ({ server, prompt, maxTokens }, signal) => {
      const name = oneLine(server, 64);
      if (!surface.isInteractive) return refuse(`refused: ${name} wants the model to write`);
      surface.print(`The server **${name}** wants the chat model to answer this:`);
      surface.print(fenced(prompt, "text"));
      return await isYes(`Let it, with ${maxTokens} tokens at most?`, surface, signal);
    },
    elicit: async (question, signal) => {
      const name = oneLine(question.server, 64);
      if (!surface.isInteractive) {
        surface.notice(`not answered: ${name} asks ${oneLine(question.message)}`);
        return { action: "cancel" };
      }
      surface.print(`The server **${name}** asks:`);
      surface.print(fenced(question.message, "text"));
      if ("fields" in question) return await fillForm(question.fields, surface, signal);
      surface.print(fenced(question.url, "text"));
      const isDone = await isYes("Have you done this in a browser?", surface, signal);
      return { action: isDone ? "accept" : "decline" };
    },
    login: (server, url) => {
      const name = oneLine(server, 64);
      if (!surface.isInteractive) {
        return Promise.resolve(refuse(`${name} needs a login; devmcp chat in a terminal shows it`));
      }
      surface.print(`Log in to **${name}** in a browser, at:`);
      surface.print(fenced(url.href, "text"));
      return Promise.resolve(true);
    },
  };
}

/** Nothing of a command may hide behind a line break. */
function visible(text: string): string {
  return text.replace(/[\r\n]/g, (character) => character === "\n" ? "\\n" : "\\r");
}

/** Whatever is no clear yes is no. */
async function isYes(question: string, surface: Surface, signal: AbortSignal): Promise<boolean> {
  const answer = await surface.ask(question, ["yes", "no"], signal);
  return /^\s*y(es)?\s*$/i.test(answer ?? "");
}
