import { oneLine } from "../config/one_line.ts";
import type { ServerDefinition } from "../config/server_definition.ts";
import type { ConnectionWorld } from "./connection_world.ts";
import type { ListKind } from "./create_client.ts";
import type { ServerPrompt } from "./mcp_host.ts";
import { readPrompts } from "./read_texts.ts";
import { readTools, type ServerTool } from "./read_tools.ts";
import type { ServerLink } from "./server_link.ts";
import { isOffered } from "./tool_filter.ts";
import { keepTools, pinTools } from "./tool_pins.ts";

/** What a server offers, as of now. */
export class ServerCatalog {
  tools: ServerTool[] = [];
  prompts: ServerPrompt[] = [];
  /** As `server:uri`. */
  resources: string[] = [];
  readonly #definition: ServerDefinition;
  readonly #world: ConnectionWorld;
  readonly #signal: AbortSignal;
  /** Tools that are no longer what the person saw. */
  #changed: ServerTool[] = [];

  constructor(definition: ServerDefinition, world: ConnectionWorld, signal: AbortSignal) {
    this.#definition = definition;
    this.#world = world;
    this.#signal = signal;
  }

  clear(): void {
    this.tools = [];
    this.prompts = [];
    this.resources = [];
  }

  /** Whether the server has a tool that the person would have to see again first. */
  hasChanged(tool: string): boolean {
    return this.#changed.some(({ name }) => name === tool);
  }

  /** Reads all lists. @throws what the connection throws */
  async readAll(link: ServerLink): Promise<void> {
    await Promise.all([this.#readTools(link), this.#readPrompts(link), this.#readResources(link)]);
  }

  /** Asks again for a list that has changed; one that cannot be had stays as it was. */
  async refresh(kind: ListKind, link: ServerLink): Promise<void> {
    try {
      if (kind === "tools") await this.#readTools(link);
      else if (kind === "prompts") await this.#readPrompts(link);
      else await this.#readResources(link);
    } catch (error) {
      this.#world.log("debug", `${this.#definition.name}: its ${kind}: ${oneLine(String(error))}`);
    }
  }

  async #readTools(link: ServerLink): Promise<void> {
    const { name: server, tools: filter } = this.#definition;
    const { tools, leftOut } = readTools(
      await link.listTools(this.#signal),
      ({ name }) => ({ name: `${server}:${name}`, server, effect: "foreign" }),
    );
    if (leftOut.length > 0) {
      this.#world.log("warning", `${server}: tools left out: ${oneLine(leftOut.join(", "))}`);
    }
    const wanted = tools.filter(({ name }) => isOffered(name, filter));
    const { offered, changed } = await pinTools(wanted, this.#world.known, this.#definition);
    const isNew = changed.some((tool) => !this.#changed.some(({ hash }) => hash === tool.hash));
    this.tools = offered;
    this.#changed = changed;
    if (isNew) void this.#showChanged(changed).catch(() => {});
  }

  /** Offers a tool again once the person has seen what it says now. */
  async #showChanged(changed: ServerTool[]): Promise<void> {
    const { ask, person, known } = this.#world;
    for (const tool of changed) {
      const change = {
        server: this.#definition.name,
        tool: tool.name,
        description: tool.info.description,
        inputSchema: JSON.stringify(tool.info.inputSchema),
      };
      const isAgreed = await ask(() => person.showChangedTool(change, this.#signal));
      if (!isAgreed || !this.#changed.includes(tool)) continue;
      await keepTools([tool], known, this.#definition);
      this.#changed = this.#changed.filter((one) => one !== tool);
      this.tools = [...this.tools, tool];
    }
  }

  async #readPrompts(link: ServerLink): Promise<void> {
    this.prompts = readPrompts(await link.listPrompts(this.#signal), this.#definition.name);
  }

  async #readResources(link: ServerLink): Promise<void> {
    const resources = await link.listResources(this.#signal);
    this.resources = resources.map(({ uri }) => uri).filter((uri) => /^[!-~]{1,2048}$/.test(uri))
      .map((uri) => `${this.#definition.name}:${uri}`);
  }
}
