import { deepEqual, throws } from "node:assert/strict";
import { chooseFormats, type ChosenFormat, type FormatFlags } from "./review_targets.ts";

Deno.test("chooseFormats() gives each format its place", () => {
  const table: [FormatFlags, ChosenFormat[]][] = [
    [{}, [{ format: "text" }]],
    [{ json: true }, [{ format: "json" }]],
    [{ format: ["sarif"] }, [{ format: "sarif" }]],
    [{ format: ["sarif=a=b.sarif"] }, [{ format: "sarif", file: "a=b.sarif" }]],
    [{ format: ["text=-"] }, [{ format: "text" }]],
    [{ output: ["r.sarif"] }, [{ format: "sarif", file: "r.sarif" }]],
    [{ output: ["r.xml"], format: ["junit"] }, [{ format: "junit", file: "r.xml" }]],
    [{ output: ["r.txt"], json: true }, [{ format: "json", file: "r.txt" }]],
    [{ output: ["/dev/stdout"], json: true }, [{ format: "json" }]],
    [{ output: ["r.sarif"], format: ["text", "sarif"] }, [
      { format: "text" },
      { format: "sarif", file: "r.sarif" },
    ]],
    [{ output: ["r.md"], format: ["junit=j.xml"] }, [
      { format: "junit", file: "j.xml" },
      { format: "markdown", file: "r.md" },
    ]],
    [{ output: ["r.sarif", "r.md"] }, [
      { format: "sarif", file: "r.sarif" },
      { format: "markdown", file: "r.md" },
    ]],
    [{ output: ["r.sarif", "r.json"], json: true }, [
      { format: "json", file: "r.json" },
      { format: "sarif", file: "r.sarif" },
    ]],
  ];
  for (const [flags, chosen] of table) {
    deepEqual(chooseFormats(flags, "/here"), chosen, JSON.stringify(flags));
  }
});

Deno.test("chooseFormats() refuses what cannot be meant", () => {
  const table: [FormatFlags, RegExp][] = [
    [{ format: ["sarf"] }, /"sarf": there is none/],
    [{ format: ["json="] }, /its file has no name/],
    [{ format: ["json", "text"] }, /two formats to standard output/],
    [{ format: ["json=a", "text=a"] }, /two formats to "a"/],
    [{ format: ["json=a", "text=./b/../a"] }, /two formats to ".\/b\/..\/a"/],
    [{ format: ["json=a", "text=/here/a"] }, /two formats to "\/here\/a"/],
    [{ format: ["json=a.py"] }, /Cannot write json to "a.py": .* of a file of python/],
    [{ output: ["r.sarif", "r.xml"] }, /Cannot tell which format "r.xml"/],
    [{ output: [""] }, /not a path/],
    [{ output: ["r.xml"] }, /Cannot tell which format "r.xml"/],
    [{ output: ["r.xml"], format: ["text", "sarif"] }, /Cannot tell which format/],
  ];
  for (const [flags, message] of table) throws(() => chooseFormats(flags, "/here"), message);
});
