import type { App } from "../../cli/app.ts";
import type { Config } from "../../config/config.ts";
import type { Models } from "../../models/chat_model.ts";

/**
 * The models of a session: those of the program, but for the chat model that the session has chosen.
 *
 * @returns the models for a name as a session keeps it; empty is the configured one
 */
export function sessionModels(
  { models, env }: Pick<App, "models" | "env">,
  config: Config["model"],
): (name: string) => Models {
  const chosen = new Map<string, Promise<Models>>();
  const open = async (name: string) => {
    const { createModels } = await import("../../models/create_models.ts");
    return createModels({ ...config, chat: { ...config.chat, model: name } }, env);
  };
  return (name) => {
    if (name === "") return models;
    return {
      get: async (role, options) => {
        if (role !== "chat") return await models.get(role, options);
        if (!chosen.has(name)) chosen.set(name, open(name));
        return await (await chosen.get(name)!).get(role, options);
      },
    };
  };
}
