import { deepEqual, equal, ok } from "node:assert/strict";
import { CONFIG_KEYS } from "./keys.ts";
import { parseConfigFile } from "./parse_file.ts";
import { configTemplate } from "./template.ts";

Deno.test("configTemplate() changes nothing as it is, and sets the defaults without its #", () => {
  const text = configTemplate();
  deepEqual(parseConfigFile(text, "f"), { settings: [], withoutEffect: [], servers: [] });
  const body = text.slice(text.indexOf("\n\n"));
  const settings = parseConfigFile(body.replace(/^# ?/gm, ""), "f").settings;
  deepEqual(settings.map(({ key }) => key.name), [...CONFIG_KEYS.keys()]);
  for (const { key, value } of settings) deepEqual(value, key.schema.parse(undefined), key.name);
  for (const line of text.split("\n")) ok(line.length <= 100, line);
  equal(text.endsWith("\n"), true);
});
