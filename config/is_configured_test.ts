import { equal } from "node:assert/strict";
import { VARIABLES } from "./variables.ts";
import { isConfigured } from "./is_configured.ts";

async function inHome(test: (home: string) => Promise<void> | void): Promise<void> {
  const home = await Deno.makeTempDir();
  try {
    await test(home);
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

const envOf = (values: Record<string, string>) => (name: string): string | undefined =>
  values[name];

Deno.test("isConfigured() sees each variable that counts, and no empty one", async () => {
  await inHome((home) => {
    equal(isConfigured(home, envOf({ HOME: home })), false);
    for (const name of ["OLLAMA_HOST", ...VARIABLES.map(([variable]) => variable)]) {
      equal(isConfigured(home, envOf({ HOME: home, [name]: "x" })), true, name);
      equal(isConfigured(home, envOf({ HOME: home, [name]: " " })), false, name);
    }
  });
});

Deno.test("isConfigured() sees the user's file, and the project's from a folder in it", async () => {
  await inHome(async (home) => {
    await Deno.mkdir(`${home}/config/devmcp`, { recursive: true });
    await Deno.mkdir(`${home}/project/src`, { recursive: true });
    const env = envOf({ HOME: home, XDG_CONFIG_HOME: `${home}/config` });
    equal(isConfigured(`${home}/project/src`, env), false);
    await Deno.writeTextFile(`${home}/project/devmcp.yaml`, "");
    equal(isConfigured(`${home}/project/src`, env), true);
    equal(isConfigured(home, env), false);
    await Deno.writeTextFile(`${home}/config/devmcp/devmcp.yaml`, "");
    equal(isConfigured(home, env), true);
  });
});
