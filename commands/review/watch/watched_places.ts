import { dirname, join, resolve } from "node:path";
import type { App } from "../../../cli/app.ts";
import { userConfigFile } from "../../../config/find_file.ts";
import { readGlob } from "../../../workspace/find_files.ts";
import { isFolder, realPlace } from "../../../workspace/real_place.ts";
import type { FolderWatch } from "../../../workspace/watch_folders.ts";
import type { ChangesWanted } from "../../changes_wanted.ts";
import type { FileInput } from "../review_job.ts";
import { eachFolder, type GitPlaces, gitPlaces } from "./git_folders.ts";
import { byPlace, foldersFrom, type WatchScope } from "./watch_scope.ts";

/** What a watch is about. */
export interface WatchSubject {
  /** Files, folders and globs. */
  paths: readonly string[];
  /** What the review writes: reports. */
  own: readonly string[];
  changes?: ChangesWanted;
}

/** The folders a watch has to look at, and what is in them for it. */
export class WatchedPlaces {
  readonly #subject: WatchSubject;
  readonly #app: App;
  readonly #watch: FolderWatch;
  readonly #operands: string[];
  /** Files that the review goes by, and what is named: each may come, go and be replaced. */
  readonly #settings = new Set<string>();
  #own: Set<string>;
  #git?: GitPlaces;
  #gitFolders = new Set<string>();
  /** Those that are looked into. */
  #folders = new Set<string>();
  /** Named files behind symbolic links, by where they really are. */
  #behindLinks = new Map<string, string>();
  scope!: WatchScope;

  constructor(subject: WatchSubject, app: App, watch: FolderWatch) {
    this.#subject = subject;
    this.#app = app;
    this.#watch = watch;
    this.#operands = subject.paths.map((path) => resolve(app.cwd, withoutGlob(path)));
    this.#own = new Set(subject.own.map((path) => resolve(app.cwd, path)));
    this.hold([]);
  }

  /** Finds the repository, where git tells what is reviewed. */
  async open(): Promise<void> {
    this.#git = this.#subject.changes && await gitPlaces(this.#app);
  }

  /** A folder that is looked into. */
  see(folder: string): void {
    this.#folders.add(folder);
    this.#watch.add(folder);
  }

  /** A file that the review goes by, there or not. */
  goBy(path: string): void {
    const place = resolve(this.#app.cwd, path);
    this.#settings.add(place);
    this.#watchAbove(place);
  }

  /** Before all is looked at anew: what no walk of the review's comes by. */
  async lookAround(): Promise<void> {
    const { cwd, env } = this.#app;
    this.#folders = new Set();
    this.#behindLinks = new Map();
    for (const place of [cwd, ...this.#operands, userConfigFile(env)]) this.goBy(place);
    for (const place of this.#settings) this.#watchAbove(place);
    for (const folder of [cwd, join(cwd, "src")].filter(isFolder)) this.see(folder);
    if (this.#git) await this.#lookAtGit(this.#git);
  }

  /** What is reviewed from now on. */
  hold(inputs: readonly FileInput[]): void {
    this.scope = {
      operands: this.#operands,
      folders: this.#folders,
      inputs: byPlace(inputs, this.#app.cwd),
      settings: this.#settings,
      own: this.#own,
      git: this.#gitFolders,
      isByGit: this.#subject.changes !== undefined,
    };
  }

  /** After all was looked at: what it did not come by is not watched any more. */
  settle(): void {
    const outside = [...this.#settings, ...this.#behindLinks.keys()];
    const above = outside.flatMap((place) => foldersFrom(dirname(place)));
    this.#watch.keep(new Set([...this.#folders, ...this.#gitFolders, ...above]));
  }

  /** A path as the review names it. */
  named(path: string): string {
    return this.#behindLinks.get(path) ?? path;
  }

  /** The folders above hold settings, and links that lead there; what is gone comes back there. */
  #watchAbove(place: string): void {
    const real = realPlace(place);
    if (real && real !== place) this.#behindLinks.set(real, place);
    for (const end of real && real !== place ? [place, real] : [place]) {
      for (const folder of foldersFrom(dirname(end))) this.#watch.add(folder, false);
    }
  }

  async #lookAtGit({ top, folders, refs }: GitPlaces): Promise<void> {
    this.#gitFolders = new Set(folders);
    await eachFolder(refs, (folder) => this.#gitFolders.add(folder));
    for (const folder of this.#gitFolders) this.#watch.add(folder, false);
    const { operands } = this.#subject.changes!;
    const roots = operands.length > 0 ? this.#operands : [top];
    for (const root of roots.filter(isFolder)) {
      await eachFolder(root, (folder) => this.see(folder));
    }
  }
}

/** The folder in which a glob begins; what exists, or is none, as it is. */
function withoutGlob(path: string): string {
  try {
    return /[*?[{(]/.test(path) ? readGlob(path).base : path;
  } catch {
    return path; // The review says what is wrong with it.
  }
}
