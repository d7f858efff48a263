import type { EngineEntry, LoadBytes } from "./engine.ts";
import type { LanguageId } from "./languages.ts";
import type { Meter } from "./metrics/meter.ts";

/** Who measures a language; Python has its own way, in complexity.ts. */
export const METERS: Partial<Record<LanguageId, EngineEntry<Meter>>> = {
  javascript: grammar("javascript", "tree-sitter-javascript", "0.25.0"),
  typescript: grammar("typescript", "tree-sitter-typescript", "0.23.2"),
  tsx: grammar("tsx", "tree-sitter-typescript", "0.23.2"),
  go: grammar("go", "tree-sitter-go", "0.25.0"),
  rust: grammar("rust", "tree-sitter-rust", "0.24.0"),
  java: grammar("java", "tree-sitter-java", "0.23.5"),
  c: grammar("c", "tree-sitter-c", "0.24.1"),
  cpp: grammar("cpp", "tree-sitter-cpp", "0.23.4"),
  csharp: grammar("csharp", "tree-sitter-c-sharp", "0.23.5"),
  ruby: grammar("ruby", "tree-sitter-ruby", "0.23.1"),
  php: grammar("php", "tree-sitter-php", "0.24.2"),
  shell: grammar("shell", "tree-sitter-bash", "0.25.1"),
  kotlin: grammar("kotlin", "tree-sitter-kotlin", "1.1.0"),
};

/** @param language the grammar's file is tree-sitter-LANGUAGE.wasm, packed under our own name for it */
function grammar(language: LanguageId, name: string, version: string): EngineEntry<Meter> {
  const load = async (bytes: LoadBytes) => {
    const [{ createMeter }, core, wasm] = await Promise.all([
      import("./metrics/create_meter.ts"),
      bytes("tree-sitter.wasm"),
      bytes(`tree-sitter-${language}.wasm`),
    ]);
    return await createMeter({ name, version, language }, core, wasm);
  };
  return { name, version, configFiles: [], load };
}
