import { deepEqual, equal } from "node:assert/strict";
import { homeFolder, userFolders } from "./folders.ts";

const envOf = (values: Record<string, string>) => (name: string) => values[name];

Deno.test("userFolders() follows XDG, and the system where that says nothing", () => {
  const table: [string, Record<string, string>, string[]][] = [
    ["linux", { HOME: "/h" }, ["/h/.config/devmcp", "/h/.cache/devmcp", "/h/.local/state/devmcp"]],
    ["linux", {}, ["/.config/devmcp", "/.cache/devmcp", "/.local/state/devmcp"]],
    [
      "linux",
      { HOME: "/h", XDG_CONFIG_HOME: "relative", XDG_CACHE_HOME: "/c", XDG_STATE_HOME: "" },
      [
        "/h/.config/devmcp",
        "/c/devmcp",
        "/h/.local/state/devmcp",
      ],
    ],
    ["darwin", { HOME: "/Users/h", XDG_STATE_HOME: "/s" }, [
      "/Users/h/Library/Application Support/devmcp",
      "/Users/h/Library/Caches/devmcp",
      "/s/devmcp",
    ]],
    ["windows", { APPDATA: "/r", LOCALAPPDATA: "/l" }, [
      "/r/devmcp",
      "/l/cache/devmcp",
      "/l/devmcp",
    ]],
  ];
  for (const [os, values, expected] of table) {
    const { config, cache, state } = userFolders(envOf(values), os);
    deepEqual([config, cache, state], expected, JSON.stringify(values));
  }
});

Deno.test("homeFolder() is absolute whatever the environment says", () => {
  equal(homeFolder(envOf({ HOME: "/h", USERPROFILE: "/p" })), "/h");
  equal(homeFolder(envOf({ HOME: "here", USERPROFILE: "/p" })), "/p");
  equal(homeFolder(envOf({ HOME: "here" })), "/");
});
