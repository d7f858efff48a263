import { valuesWith } from "./complete_value.ts";
import type { Resources } from "./resources.ts";
import type { Provider } from "./resources/provider.ts";
import { parseResourceUri } from "./resources/resource_uri.ts";

/** The resources of several providers, each with a scheme of its own, in their order. */
export function createResources(providers: Provider[]): Resources {
  return {
    list: async (caller) => (await Promise.all(providers.map((one) => one.list(caller)))).flat(),
    templates: () => providers.flatMap(({ template }) => template ?? []),
    read: async (uri, caller) => {
      const parsed = parseResourceUri(uri);
      return parsed && await providers.find(({ scheme }) => scheme === parsed.scheme)
        ?.read(parsed, caller);
    },
    complete: async (template, argument, value, caller) => {
      const provider = providers.find((one) => one.template?.uriTemplate === template);
      if (!provider || !template.endsWith(`{${argument}}`)) return;
      return valuesWith(await provider.values?.(caller) ?? [], value);
    },
    prepare: async () => void await Promise.all(providers.map((one) => one.prepare?.())),
    watch: (listener, caller) => {
      const ends = providers.map((one) => one.watch?.(listener, caller));
      return () => ends.forEach((end) => end?.());
    },
  };
}
