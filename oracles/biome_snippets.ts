/** What packages of npm hold little of, by the name of the file: JSX, odd line ends, far characters. */
export const BIOME_SNIPPETS: [name: string, text: string][] = [
  [
    "a.tsx",
    'export const A = (p: { x: any }) => <div onClick={() => {}}>{p.x == 1 ? <img src="a"/> : null}</div>;\n',
  ],
  [
    "b.jsx",
    'import React, {useEffect} from "react";\nexport default function B({a}) { useEffect(() => { a(); }, []); return <><a href="#">x</a></>; }\n',
  ],
  ["crlf.ts", "let a = 1;\r\nif (a == 2) {\r\n\tdebugger;\r\n}\r\nexport {}\r\n"],
  ["bom.ts", "\ufeffvar a = 1;\nif (a == 2) { debugger; }\n"],
  ["far.js", 'const a = "😀é€", b = a == 1; /* 😀 */ debugger; export { b as "𝒷" };\n'],
  ["far.css", '.a::after { content: "😀"; color: red; color: blue; } /* é */ .b { colr: red }\n'],
  ["far.json", '{"😀": 1, "😀": 2}\n'],
  ["tsconfig.json", '{ // why\n "compilerOptions": { "strict": true, }, }\n'],
  [".eslintrc.json", '{ // why\n "root": true }\n'],
  ["c.jsonc", '{ // why\n "a": [1,2,], }\n'],
  ["broken.json", '{"a": }\n'],
  ["broken.ts", "let x = ;\nfunction(){\n"],
  ["broken.css", "a{color:red} b{\n"],
  ["empty.js", ""],
  ["empty.json", ""],
  ["package.json", '{"name":"a","dependencies":{"react":"19.0.0"},"scripts":{}}\n'],
  ["package-lock.json", '{"a":1}\n'],
  [
    "ignored.ts",
    "// biome-ignore lint/suspicious/noDebugger: shown\ndebugger;\n// biome-ignore lint: nothing\nexport const a=1;\n// biome-ignore-all format: no\n",
  ],
  ["module.module.css", ".a { composes: b; @media (x){} }\n"],
  [
    "decorators.ts",
    "@a class B { @c() d!: string; constructor(private readonly e: any) { super() } private f; }\n",
  ],
];
