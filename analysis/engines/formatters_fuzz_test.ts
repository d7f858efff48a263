/** What hostile and half-written texts do to the formatters that are WebAssembly. */
import assert from "node:assert/strict";
import * as fc from "fast-check";
import { loadAsset } from "../../assets/load.ts";
import type { AssetName } from "../../assets/load.ts";
import { ToolError } from "../../config/tool_error.ts";
import { CLANG_FORMAT, GOFMT, SHFMT } from "../built_in_engines.ts";
import type { EngineEntry, Formatter } from "../engine.ts";
import type { LanguageId } from "../languages.ts";

const GO = `package main

import ("fmt"; "os")

type T[K comparable] struct { a, b int \`json:"x"\`; f func(...K) <-chan int }

func (t *T[K]) m(xs ...K) (n int, err error) {
	defer func() { recover() }()
	for i, x := range xs { switch y := any(x).(type) { case int: fmt.Println("é", i, y); default: goto end } }
end:
	return map[string][]int{"a": {1, 2}}["a"][0], os.ErrExist /* c */ // d
}
`;
const SHELL = `#!/bin/bash
f() { local -a x=(1 "\${y[@]}" $'z\\n'); case $1 in a|b) cat <<-EOF >&2 | tr a b ;;
	$x
	EOF
*) [[ -n \${z:-é} && $q =~ ^a+ ]] ;; esac; }
for ((i=0; i<3; i++)); do f "$(date +%s)" <(ls) & done # comment
`;
const C = `#include "b.h"
#include <a.h>
#define MAX(a,b) ((a)>(b)\\
 ?(a):(b))
template<typename T,int N=3>struct A:public B<T>{virtual ~A()=default;T x[N]={1,2};};
int main(int c,char**v){auto f=[&](auto&&q)->int{return q?1:0;};/* é */if(c>1)goto end;end:return f(R"x(a)x");} // z
`;

const ENGINES: [EngineEntry<Formatter>, LanguageId, string, string][] = [
  [GOFMT, "go", "a.go", GO],
  [SHFMT, "shell", "a.sh", SHELL],
  [CLANG_FORMAT, "cpp", "a.cpp", C],
];

for (const [entry, language, path, sample] of ENGINES) {
  const engine = await entry.load((name) => loadAsset(name as AssetName));
  const format = async (text: string) => await engine.format({ path, language, text }, {});

  /** The formatted text, or undefined where it is refused in words. */
  const attempt = (text: string) =>
    format(text).catch((error) => {
      assert.ok(error instanceof ToolError, String(error?.stack ?? error));
      assert.match(error.message, /^Cannot format the code: /);
      return undefined;
    });

  Deno.test(`${entry.name} takes any text`, async () => {
    const bytes = fc.uint8Array({ maxLength: 200 }).map((some) => new TextDecoder().decode(some));
    const pieces = fc.array(fc.constantFrom(...sample.split(/(?<=\W)|(?=\W)/)), { maxLength: 80 });
    const text = fc.oneof(bytes, pieces.map((some) => some.join("")));
    await fc.assert(fc.asyncProperty(text, async (text) => void await attempt(text)));
  });

  Deno.test(`${entry.name} takes cut files, and what it gives it takes again`, async () => {
    const cut = fc.tuple(
      fc.nat(sample.length),
      fc.nat(sample.length),
      fc.constantFrom("", "{", ")", '"'),
    );
    await fc.assert(fc.asyncProperty(cut, async ([from, to, put]) => {
      const text = sample.slice(0, Math.min(from, to)) + put + sample.slice(Math.max(from, to));
      const formatted = await attempt(text);
      if (formatted !== undefined) assert.notEqual(await attempt(formatted), undefined, text);
    }));
    const formatted = await format(sample);
    assert.equal(await format(formatted), formatted);
  });
}
