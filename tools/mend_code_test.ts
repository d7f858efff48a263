import { equal } from "node:assert/strict";
import { createEngines } from "../analysis/engines.ts";
import { DEFAULT_SETTINGS } from "../analysis/ruff/ruff_settings.ts";
import { loadAsset } from "../assets/load.ts";
import { mendCode } from "./mend_code.ts";
import type { ToolContext } from "./tool.ts";

Deno.test("mendCode() leaves alone what a comment silences", async () => {
  const context = { engines: createEngines(loadAsset) } as ToolContext;
  const table: [string, string][] = [
    ["import os\nimport re\nx=1\n", "x = 1\n"],
    [
      "import os  # devmcp: ignore[F401] why\nimport re\nx=1\n",
      "import os  # devmcp: ignore[F401] why\n\nx = 1\n",
    ],
  ];
  for (const [text, mended] of table) {
    const source = { path: "a.py", file: "a.py", language: "python", text } as const;
    equal(await mendCode(source, [], { ruff: DEFAULT_SETTINGS }, context), mended);
  }
});
