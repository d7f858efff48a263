import type * as BiomeModule from "@biomejs/wasm-nodejs";
import { besidePackages, patternsBesidePackages } from "./biome_paths.ts";
import { EngineTrap, isTrap } from "../engines/engine_trap.ts";
import { evaluateGlue, type GlueInstance } from "../engines/wasm_glue.ts";

/** A configuration and where it holds. */
export interface BiomeProject {
  /** Its folder, absolute, with `/`: where its patterns begin. */
  root: string;
  configuration: BiomeModule.Configuration;
  /** The nearest package.json: some rules are for the frameworks that it names. */
  manifest?: { path: string; text: string };
}

/** Where a file is held while it is worked on. */
export interface OpenFile {
  workspace: BiomeModule.Workspace;
  /** What all of the workspace's functions ask for. */
  file: { projectKey: number; path: string };
}

/** Biome in WebAssembly: an instance with its projects, made again after a trap. */
export interface BiomeWasm {
  /**
   * What Biome would do with a path: `ignored` by the configuration, not `supported`, …
   *
   * @throws {EngineTrap} when WebAssembly itself failed
   * @throws what Biome refuses of the configuration
   */
  support(project: BiomeProject, path: string, feature: Feature): BiomeModule.SupportKind;
  /**
   * Runs `work` on an open file, and closes it.
   *
   * @param path absolute, with `/`
   * @throws as `support` does, and what `work` does
   */
  withFile<T>(
    project: BiomeProject,
    path: string,
    content: string,
    work: (open: OpenFile) => T,
  ): T;
}

export type Feature = "lint" | "format";

interface Instance extends GlueInstance<typeof BiomeModule> {
  files: BiomeModule.MemoryFileSystem;
  workspace: BiomeModule.Workspace;
  /** UTF-16 units of the files that the workspace has seen, and something for each file. */
  seen: number;
  projects: Map<BiomeProject, OpenProject>;
}

interface OpenProject {
  key: number;
  /** Put before all its paths: a folder can have one project only. */
  prefix: string;
}

/** Projects cannot be closed: with more than these a workspace is given up. */
const MAX_PROJECTS = 64;
/**
 * A workspace keeps of every file some ten times its size until it is freed itself. Another takes 15 ms.
 */
const MAX_SEEN = 2_000_000;
/** What it keeps of the shortest file is as much as of one so long, in UTF-16 units. */
const SEEN_OF_ANY = 1_000;
/**
 * WebAssembly's memory never shrinks: an instance that needed more than this is given up. One begins
 * with 74 MB, of which it touches 30.
 */
const MAX_MEMORY_BYTES = 192 * 1024 * 1024;

/** Starts Biome. `glue` is the JavaScript of its npm package, `module` the package's WebAssembly. */
export function createBiomeWasm(module: WebAssembly.Module, glue: string): BiomeWasm {
  let instance: Instance | undefined;
  function run<T>(project: BiomeProject, path: string, work: (open: OpenFile) => T): T {
    const running = instance ??= instantiate(module, glue);
    try {
      const { key, prefix } = running.projects.get(project) ?? openProject(running, project);
      const file = { projectKey: key, path: prefix + besidePackages(path) };
      return work({ workspace: running.workspace, file });
    } catch (error) {
      if (!isTrap(error)) throw error;
      instance = undefined;
      throw new EngineTrap(error, running.panic);
    } finally {
      if (running.memory.buffer.byteLength > MAX_MEMORY_BYTES) instance = undefined;
      else if (instance && isWornOut(running)) renewWorkspace(running);
    }
  }
  return {
    support: (project, path, feature) =>
      run(project, path, ({ workspace, file }) => {
        const { featuresSupported } = workspace.fileFeatures({ ...file, features: [feature] });
        return (featuresSupported as Record<Feature, BiomeModule.SupportKind>)[feature];
      }),
    withFile: (project, path, content, work) =>
      run(project, path, ({ workspace, file }) => {
        if (instance) instance.seen += content.length + SEEN_OF_ANY;
        workspace.openFile({ ...file, content: { type: "fromClient", content, version: 0 } });
        return closing(() => work({ workspace, file }), () => workspace.closeFile(file));
      }),
  };
}

/** After a trap nothing can be closed. */
function closing<T>(work: () => T, close: () => void): T {
  let isAlive = true;
  try {
    return work();
  } catch (error) {
    isAlive = !isTrap(error);
    throw error;
  } finally {
    if (isAlive) close();
  }
}

function isWornOut({ seen, projects }: Instance): boolean {
  return seen > MAX_SEEN || projects.size > MAX_PROJECTS;
}

function renewWorkspace(instance: Instance): void {
  instance.workspace.free();
  Object.assign(instance, openWorkspace(instance));
}

function openProject(instance: Instance, project: BiomeProject): OpenProject {
  const { workspace, projects } = instance, { manifest } = project;
  const prefix = `/${projects.size}`, path = prefix + besidePackages(project.root);
  const configuration = patternsBesidePackages(project.configuration);
  const { projectKey } = workspace.openProject({ path, openUninitialized: true });
  workspace.updateSettings({ projectKey, workspaceDirectory: path, configuration });
  if (manifest) {
    instance.files.insert(
      prefix + besidePackages(manifest.path),
      new TextEncoder().encode(manifest.text),
    );
    const options = { force: true, verbose: false, watch: false };
    workspace.scanProject({ projectKey, scanKind: "knownFiles", ...options });
  }
  const open = { key: projectKey, prefix };
  projects.set(project, open);
  return open;
}

function instantiate(module: WebAssembly.Module, glue: string): Instance {
  const made = evaluateGlue<typeof BiomeModule>(module, glue);
  return Object.assign(made, openWorkspace(made));
}

function openWorkspace({ exports }: GlueInstance<typeof BiomeModule>) {
  const files = new exports.MemoryFileSystem();
  // The workspace takes the files over; what is written to them later it still sees.
  const workspace = exports.Workspace.withFileSystem(files);
  return { files, workspace, seen: 0, projects: new Map<BiomeProject, OpenProject>() };
}
