import { deepEqual } from "node:assert/strict";
import {
  goDependencies,
  pythonDependencies,
  readPythonImports,
  readScriptImports,
  scriptDependencies,
} from "./imports.ts";
import { parser } from "../syntax/parser_fixture.ts";

Deno.test("readPythonImports() reads full names, and relative imports not at all", () => {
  const code = [
    '"""import fake"""',
    "from __future__ import annotations",
    "import os.path as p, yaml",
    "import a \\",
    "    , b",
    "from . import c",
    "from .d import e",
    "from f.g import (  # h",
    "    i,",
    ")",
    "def j():",
    "    import yaml",
    "    from k import l",
  ].join("\n");
  deepEqual(readPythonImports(parser.parse(code)), ["os.path", "yaml", "a", "b", "f.g", "k"]);
});

Deno.test("pythonDependencies() names distributions, and nothing that needs no installing", () => {
  const cases: [string, string[]][] = [
    ["import os, sys, distutils, _socket, tomllib", []],
    ["import yaml, cv2\nfrom PIL import Image", ["Pillow", "PyYAML", "opencv-python"]],
    ["import requests.adapters\nimport requests", ["requests"]],
    ["import shop.cart, constructor", ["constructor"]],
    ["try:\n    import orjson\nexcept ImportError:\n    orjson = None", ["orjson"]],
  ];
  for (const [code, expected] of cases) {
    deepEqual(pythonDependencies(parser.parse(code), ["shop"]), expected, code);
  }
});

Deno.test("readScriptImports() reads what is code and not what is text", () => {
  const code = `
    import a, { type B } from "a"; // import x from "not-this"
    import "side-effect";
    export * from './own';
    const c = require("c"), d = await import('d');
    const text = \`import e from "e"\`, f = "require('g')";
    module.require("h"); import(variable);
  `;
  deepEqual(readScriptImports(code), ["a", "side-effect", "./own", "c", "d"]);
});

Deno.test("scriptDependencies() names packages", () => {
  const cases: [string, string[]][] = [
    ['import x from "@scope/name/deep"', ["@scope/name"]],
    ['import x from "npm:zod@4/v4"; import y from "lodash/fp"', ["lodash", "zod"]],
    ['import "node:fs"; import "fs/promises"; import "path"', []],
    ['import "./a"; import "../b"; import "/c"; import "@/d"; import "#e"; import "~/f"', []],
    ['import "https://example.org/mod.ts"', []],
    ['import "socket.io"', ["socket.io"]],
  ];
  for (const [code, expected] of cases) deepEqual(scriptDependencies(code), expected, code);
});

Deno.test("goDependencies() names modules", () => {
  const code = `package main
import "fmt"
import yaml "gopkg.in/yaml.v3"
import (
	"net/http" // "example.com/no"
	. "github.com/a/b/v2/part"
	_ "golang.org/x/tools/cmd"
	"example.com/whole/path"
)
var s = "github.com/not/this"`;
  deepEqual(goDependencies(code), [
    "example.com/whole/path",
    "github.com/a/b/v2",
    "golang.org/x/tools",
    "gopkg.in/yaml.v3",
  ]);
});
