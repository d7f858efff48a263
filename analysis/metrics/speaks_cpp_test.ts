import assert from "node:assert/strict";
import { loadAsset } from "../../assets/load.ts";
import { createEngines } from "../engines.ts";
import { measureSource } from "./measure_source.ts";
import { speaksCpp } from "./speaks_cpp.ts";

Deno.test("speaksCpp() tells headers of C++ from those of C", () => {
  const cases: [text: string, is: boolean][] = [
    ["class A {\n};\n", true],
    ["class A;\n", true],
    ["class API A final : public B {\n", true],
    ["enum class A : int { b };\n", true],
    ["template <class T>\nT f(T a);\n", true],
    ["namespace a::b {\n}\n", true],
    ["namespace {\n}\n", true],
    ["using namespace std;\n", true],
    ["using A = int;\n", true],
    ["int f(std::string a);\n", true],
    ["struct A {\n public:\n  int a;\n};\n", true],
    ["struct A { bool operator==(const A&); };\n", true],
    ["int f(void);\nstruct a { int class; };\n", false],
    ['#ifdef __cplusplus\nextern "C" {\n#endif\nint f(void);\n', false],
    ["/* class A {\n * namespace b {\n */\nint f(void);\n", false],
    ["// std::string\nint f(void);\n", false],
    ['const char *a = "std::string";\n', false],
    ["/*\nusing this function is\nprivate: to us\n*/\nint a;\n", false],
    ["int namespace = 1, template = 2;\n", false],
    ["switch (a) {\ncase 1: b = 2;\n}\n", false],
  ];
  for (const [text, is] of cases) assert.equal(speaksCpp(text), is, text);
});

Deno.test("speaksCpp() reads any text soon", () => {
  for (
    const part of ["class A ", "template ", '"\\', "/*", "namespace a", "using a", "operator "]
  ) {
    speaksCpp(`class A;${part.repeat(40_000)}`);
    speaksCpp(part.repeat(40_000));
  }
});

Deno.test("measureSource() measures a header of C++ as what it is", async () => {
  const engines = createEngines(loadAsset);
  const text = "namespace a {\nclass B {\n public:\n  int f(int c) { return c ? 1 : 2; }\n};\n}\n";
  const { report, errors } = await measureSource(engines, { language: "c", text });
  assert.deepEqual(errors, []);
  assert.deepEqual(report.functions.map(({ name, cyclomatic }) => [name, cyclomatic]), [
    ["a::B::f", 2],
  ]);
});
