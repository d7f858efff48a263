import type { EngineEntry, LoadBytes } from "../engine.ts";
import type { LanguageId } from "../languages.ts";
import { packageVersion } from "../package_version.ts";
import type { Meter } from "./meter.ts";

/** Who measures a language; Python has its own way, in complexity.ts. */
export const METERS: Partial<Record<LanguageId, EngineEntry<Meter>>> = {
  javascript: grammar("javascript", "tree-sitter-javascript"),
  typescript: grammar("typescript", "tree-sitter-typescript"),
  tsx: grammar("tsx", "tree-sitter-typescript"),
  go: grammar("go", "tree-sitter-go"),
  rust: grammar("rust", "tree-sitter-rust"),
  java: grammar("java", "tree-sitter-java"),
  c: grammar("c", "tree-sitter-c"),
  cpp: grammar("cpp", "tree-sitter-cpp"),
  csharp: grammar("csharp", "tree-sitter-c-sharp"),
  ruby: grammar("ruby", "tree-sitter-ruby"),
  php: grammar("php", "tree-sitter-php"),
  shell: grammar("shell", "tree-sitter-bash"),
  kotlin: grammar("kotlin", "@tree-sitter-grammars/tree-sitter-kotlin"),
};

/** The grammar's file is packed under our own name for the language. */
function grammar(
  language: LanguageId,
  packageName: Parameters<typeof packageVersion>[0],
): EngineEntry<Meter> {
  const about = {
    name: packageName.slice(packageName.indexOf("/") + 1),
    version: packageVersion(packageName),
  };
  const load = async (bytes: LoadBytes) => {
    const [{ createMeter }, core, wasm] = await Promise.all([
      import("./create_meter.ts"),
      bytes("tree-sitter.wasm"),
      bytes(`tree-sitter-${language}.wasm`),
    ]);
    return await createMeter({ ...about, language }, core, wasm);
  };
  return { ...about, configFiles: [], load };
}
