import assert from "node:assert/strict";
import { MCP_CLIENTS } from "./mcp_clients.ts";

const LINUX = { HOME: "/home/a" };
const MAC = { HOME: "/Users/a" };
const WINDOWS = { USERPROFILE: "C:\\Users\\a", APPDATA: "C:\\Users\\a\\AppData\\Roaming" };

const FILES: Record<string, [linux: string, mac: string, windows: string]> = {
  "claude-desktop": [
    "/home/a/.config/Claude/claude_desktop_config.json",
    "/Users/a/Library/Application Support/Claude/claude_desktop_config.json",
    "C:\\Users\\a\\AppData\\Roaming\\Claude\\claude_desktop_config.json",
  ],
  "claude-code": [
    "/home/a/.claude.json",
    "/Users/a/.claude.json",
    "C:\\Users\\a\\.claude.json",
  ],
  "vscode": [
    "/home/a/.config/Code/User/mcp.json",
    "/Users/a/Library/Application Support/Code/User/mcp.json",
    "C:\\Users\\a\\AppData\\Roaming\\Code\\User\\mcp.json",
  ],
  "cursor": [
    "/home/a/.cursor/mcp.json",
    "/Users/a/.cursor/mcp.json",
    "C:\\Users\\a\\.cursor\\mcp.json",
  ],
  "opencode": [
    "/home/a/.config/opencode/opencode.json",
    "/Users/a/.config/opencode/opencode.json",
    "C:\\Users\\a\\.config\\opencode\\opencode.json",
  ],
  "gemini": [
    "/home/a/.gemini/settings.json",
    "/Users/a/.gemini/settings.json",
    "C:\\Users\\a\\.gemini\\settings.json",
  ],
  "zed": [
    "/home/a/.config/zed/settings.json",
    "/Users/a/.config/zed/settings.json",
    "C:\\Users\\a\\AppData\\Roaming\\Zed\\settings.json",
  ],
  "lmstudio": [
    "/home/a/.lmstudio/mcp.json",
    "/Users/a/.lmstudio/mcp.json",
    "C:\\Users\\a\\.lmstudio\\mcp.json",
  ],
};

Deno.test("MCP_CLIENTS know their file on every system", () => {
  assert.deepEqual(MCP_CLIENTS.map(({ id }) => id), Object.keys(FILES));
  for (const { id, files } of MCP_CLIENTS) {
    const places = [["linux", LINUX], ["darwin", MAC], ["windows", WINDOWS]] as const;
    const found = places.map(([os, values]) =>
      files({ os, env: (name) => (values as Record<string, string>)[name] }).at(-1)
    );
    assert.deepEqual(found, FILES[id], id);
  }
});

Deno.test("MCP_CLIENTS of windows and terminals honour XDG_CONFIG_HOME on Linux", () => {
  const values: Record<string, string> = { ...LINUX, XDG_CONFIG_HOME: "/c" };
  const place = { os: "linux", env: (name: string) => values[name] };
  const moved = MCP_CLIENTS.filter(({ files }) =>
    files(place).every((one) => one.startsWith("/c/"))
  );
  assert.deepEqual(moved.map(({ id }) => id), ["claude-desktop", "vscode", "opencode", "zed"]);
});

const PROGRAM = { command: "/bin/devmcp", args: ["serve"] };
const URL = "http://127.0.0.1:8004/mcp";

const ENTRIES: Record<string, [program: unknown, address: unknown]> = {
  "claude-desktop": [{ ...PROGRAM, env: {} }, undefined],
  "claude-code": [{ type: "stdio", ...PROGRAM, env: {} }, { type: "http", url: URL }],
  "vscode": [{ type: "stdio", ...PROGRAM }, { type: "http", url: URL }],
  "cursor": [PROGRAM, { url: URL }],
  "opencode": [
    { type: "local", command: ["/bin/devmcp", "serve"], enabled: true },
    { type: "remote", url: URL, enabled: true },
  ],
  "gemini": [PROGRAM, { httpUrl: URL }],
  "zed": [{ source: "custom", ...PROGRAM, env: {} }, { url: URL }],
  "lmstudio": [PROGRAM, { url: URL }],
};

for (const { id, entry } of MCP_CLIENTS) {
  Deno.test(`MCP_CLIENTS: ${id} has entries of its own shape`, () => {
    assert.deepEqual([entry(PROGRAM), entry({ url: URL })], ENTRIES[id]);
  });
}

Deno.test("MCP_CLIENTS: opencode nests servers only where its file already does", () => {
  const { keysIn } = MCP_CLIENTS.find(({ id }) => id === "opencode")!;
  const local = { type: "local", command: ["x"] };
  assert.deepEqual(keysIn!({ servers: { a: local } }), ["mcp", "servers"]);
  for (const servers of [undefined, {}, { a: local }, { servers: local }, { servers: {} }]) {
    assert.deepEqual(keysIn!(servers), ["mcp"]);
  }
});
