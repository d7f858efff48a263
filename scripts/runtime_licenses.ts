/** The licences of the runtime that every binary starts with; no package of the graph holds them. */
import type { License } from "../assets/licenses.ts";

const own = await Deno.readTextFile(new URL("../LICENSE", import.meta.url));

/** The MIT licence as in our own LICENSE, for the given holders. */
function mit(copyright: string): string {
  return own.replace(/^Copyright .*$/m, copyright);
}

function bsd3(copyright: string): string {
  return `${copyright}

Redistribution and use in source and binary forms, with or without
modification, are permitted provided that the following conditions are
met:

    * Redistributions of source code must retain the above copyright
      notice, this list of conditions and the following disclaimer.
    * Redistributions in binary form must reproduce the above
      copyright notice, this list of conditions and the following
      disclaimer in the documentation and/or other materials provided
      with the distribution.
    * Neither the name of Google Inc. nor the names of its
      contributors may be used to endorse or promote products derived
      from this software without specific prior written permission.

THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS
"AS IS" AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT
LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR
A PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT
OWNER OR CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL,
SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT
LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE,
DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY
THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT
(INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
`;
}

/** As the makers of what is compiled into a package's WebAssembly have it. */
const read = (name: string) => Deno.readTextFile(new URL(`licenses/${name}`, import.meta.url));

/** devmcp itself, and what no package of the module graph carries. */
export const RUNTIME_LICENSES: License[] = [
  { name: "devmcp", license: "MIT", text: own },
  { name: "Deno", license: "MIT", text: mit("Copyright 2018-2026 the Deno authors") },
  {
    name: "V8",
    license: "BSD-3-Clause",
    text: bsd3("Copyright 2006-2026, the V8 project authors. All rights reserved."),
  },
  { name: "Go (gofmt)", license: "BSD-3-Clause", text: await read("go.txt") },
  { name: "mvdan.cc/sh (shfmt)", license: "BSD-3-Clause", text: await read("mvdan_sh.txt") },
  { name: "TinyGo", license: "BSD-3-Clause", text: await read("tinygo.txt") },
  {
    name: "LLVM (clang-format)",
    license: "Apache-2.0 WITH LLVM-exception",
    text: await read("llvm.txt"),
  },
];

/** Of packages that carry no text: as their makers' repositories have it. */
export const PACKAGE_LICENSES: Readonly<Record<string, string>> = {
  "@biomejs/wasm-nodejs": [
    "Copyright (c) 2023 Biome Developers and Contributors.",
    "Copyright (c) 2020-2023 Rome Tools is Rome Tools, Inc. and its affiliates.",
  ].map(mit).join("\n"),
  // A dependency of the SQL formatter's parser.
  "railroad-diagrams":
    "This document and all associated files in the github project are licensed " +
    "under CC0: https://creativecommons.org/publicdomain/zero/1.0/\n",
};
