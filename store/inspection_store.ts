import { createHash } from "node:crypto";
import { chmodSync, lstatSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { DatabaseSync, type StatementSync } from "node:sqlite";

/** What a file was like when it was read, and the hash of its content. */
export interface KnownFile {
  state: string;
  hash: string;
  /** The value that is kept for it, where that is short: then it need not be looked up. */
  value?: string;
}

/** Values kept on the disk for all processes of the user. Whatever fails costs time only. */
export interface InspectionStore {
  isEmpty(): boolean;
  /** Until `endReading` all is seen as it is now, at a third of the cost. */
  beginReading(): void;
  endReading(): void;
  /** @param keyOf under which key the value of a content is kept */
  file(id: string, keyOf?: (hash: string) => string): KnownFile | undefined;
  has(key: string): boolean;
  get(key: string): string | undefined;
  put(files: [id: string, KnownFile][], values: [key: string, value: string][]): void;
  info(): { entries: number; bytes: number };
  close(): void;
}

export interface InspectionStoreOptions {
  /** Of the database; only its owner can read or write it. Made when it is not there. */
  folder: string;
  /** What the database may take. */
  maxBytes: number;
}

const NAME = "reviews.db";
const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA journal_size_limit = 8388608;
  CREATE TABLE IF NOT EXISTS file (id TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS inspection (key TEXT PRIMARY KEY, day INTEGER, value TEXT)`;
/** Other processes' writing is waited for so long, in milliseconds; then nothing is kept. */
const PATIENCE_MS = 250;
/**
 * The errors of SQLite that pass, or that no new database would mend; all others say that the file is
 * not what was written. Deno gives their texts, not their numbers.
 */
const PASSING =
  /locked|busy|full|unable to open|permission|denied|out of memory|interrupted|transaction/i;
const DAY_MS = 86_400_000;

/**
 * Opens the store; undefined where there can be none: the folder belongs to somebody else, cannot be
 * written, or the disk is full. A database that is broken is replaced. Each value stands behind a digest of
 * itself: whatever else is found counts as missing.
 */
export function openInspectionStore(options: InspectionStoreOptions): InspectionStore | undefined {
  try {
    prepare(options.folder);
    return new SqliteStore(options);
  } catch (error) {
    if (isCorrupt(error)) clearInspectionStore(options.folder);
    return undefined;
  }
}

/** Removes the database. */
export function clearInspectionStore(folder: string): void {
  for (const ending of ["", "-wal", "-shm", "-journal"]) {
    try {
      rmSync(join(folder, NAME + ending), { force: true });
    } catch { /* It is not ours. */ }
  }
}

/** Nobody else can have put anything there. @throws {Error} when somebody could */
function prepare(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (process.platform === "win32") return;
  const status = lstatSync(folder);
  if (!status.isDirectory() || status.uid !== process.getuid?.() || status.mode & 0o022) {
    throw new Error(`${folder} is open to others`);
  }
  chmodSync(folder, 0o700);
  for (const ending of ["", "-wal", "-shm", "-journal"]) {
    const file = lstatSync(join(folder, NAME + ending), { throwIfNoEntry: false });
    if (file && !file.isFile()) throw new Error(`${NAME} is no file`);
  }
}

function isCorrupt(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_SQLITE_ERROR" &&
    !PASSING.test(error.message);
}

class SqliteStore implements InspectionStore {
  readonly #folder: string;
  readonly #maxBytes: number;
  readonly #today = Math.floor(Date.now() / DAY_MS);
  /** Keys whose use is to be noted, with the file that was found by itself. */
  readonly #used = new Map<string, [id: string, KnownFile] | undefined>();
  readonly #statements = new Map<string, StatementSync>();
  #db: DatabaseSync | undefined;

  constructor({ folder, maxBytes }: InspectionStoreOptions) {
    this.#folder = folder;
    this.#maxBytes = maxBytes;
    this.#db = new DatabaseSync(join(folder, NAME), { timeout: PATIENCE_MS });
    try {
      this.#db.exec(SCHEMA);
      this.#db.exec(`PRAGMA max_page_count = ${Math.max(64, Math.floor(maxBytes / 4096))}`);
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  isEmpty(): boolean {
    return !this.#try(() => this.#first("SELECT 1 AS n FROM inspection LIMIT 1"));
  }

  beginReading(): void {
    this.#try(() => this.#db!.exec("BEGIN"));
  }

  endReading(): void {
    this.#try(() => this.#db!.isTransaction && this.#db!.exec("COMMIT"));
  }

  file(id: string, keyOf?: (hash: string) => string): KnownFile | undefined {
    const row = this.#try(() => this.#first("SELECT value FROM file WHERE id = ?", id));
    const text = unseal(id, row?.value);
    const [, state, hash, day, value] =
      /^([^\n]*)\n([^\n]*)(?:\n(\d+)\n([^]*))?$/.exec(text ?? "") ?? [];
    if (state === undefined || hash === undefined) return undefined;
    const file = { state, hash, ...value && { value } };
    if (keyOf && value && Number(day) !== this.#today) this.#used.set(keyOf(hash), [id, file]);
    return file;
  }

  has(key: string): boolean {
    return this.#try(() => this.#first("SELECT 1 AS n FROM inspection WHERE key = ?", key)) !==
      undefined;
  }

  get(key: string): string | undefined {
    const row = this.#try(() =>
      this.#first("SELECT day, value FROM inspection WHERE key = ?", key)
    );
    if (row && row.day !== this.#today) this.#used.set(key, undefined);
    return unseal(key, row?.value);
  }

  put(files: [id: string, KnownFile][], values: [key: string, value: string][]): void {
    this.#try(() => {
      this.#makeRoom(
        files.reduce((sum, [id, { value = "" }]) => sum + 2 * (id.length + value.length) + 200, 0) +
          values.reduce((sum, [, value]) => sum + 2 * value.length + 200, 0),
      );
      this.#inOne(() => {
        for (const file of files) this.#putFile(...file);
        for (const [key, value] of values) {
          this.#prepare("INSERT OR REPLACE INTO inspection VALUES (?, ?, ?)")
            .run(key, this.#today, seal(key, value));
        }
      });
    });
  }

  info(): { entries: number; bytes: number } {
    const row = this.#try(() => this.#first("SELECT count(*) AS n FROM inspection"));
    return { entries: Number(row?.n ?? 0), bytes: this.#try(() => this.#bytes()) ?? 0 };
  }

  close(): void {
    if (this.#used.size > 0) this.#try(() => this.#inOne(() => this.#noteUse()));
    this.#statements.clear();
    this.#db?.close();
    this.#db = undefined;
  }

  #noteUse(): void {
    for (const [key, file] of this.#used) {
      this.#prepare("UPDATE inspection SET day = ? WHERE key = ?").run(this.#today, key);
      if (file) this.#putFile(...file);
    }
    this.#used.clear();
  }

  #putFile(id: string, { state, hash, value }: KnownFile): void {
    const short = value === undefined ? "" : `\n${this.#today}\n${value}`;
    this.#prepare("INSERT OR REPLACE INTO file VALUES (?, ?)")
      .run(id, seal(id, `${state}\n${hash}${short}`));
  }

  /** Removes what was not used for longest, when there is too much. */
  #makeRoom(more: number): void {
    if (this.#bytes() + more < this.#maxBytes * 0.9) return;
    this.#inOne(() => {
      this.#db!.exec("DELETE FROM file");
      this.#db!.exec(`DELETE FROM inspection WHERE key IN (SELECT key FROM inspection
        ORDER BY day, rowid LIMIT (SELECT (count(*) + 1) / 2 FROM inspection))`);
    });
  }

  /** Pages in use; those that are free are used again. */
  #bytes(): number {
    const of = (name: string) => Number(Object.values(this.#first(`PRAGMA ${name}`) ?? {})[0] ?? 0);
    return (of("page_count") - of("freelist_count")) * of("page_size");
  }

  #inOne(work: () => void): void {
    this.#db!.exec("BEGIN IMMEDIATE");
    try {
      work();
      this.#db!.exec("COMMIT");
    } catch (error) {
      if (this.#db!.isTransaction) this.#db!.exec("ROLLBACK");
      throw error;
    }
  }

  #first(sql: string, ...values: string[]): Record<string, unknown> | undefined {
    return this.#prepare(sql).get(...values) as Record<string, unknown> | undefined;
  }

  #prepare(sql: string): StatementSync {
    const statement = this.#statements.get(sql) ?? this.#db!.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  /** Undefined when it fails; a database that is broken is given up, and made anew by the next process. */
  #try<T>(work: () => T): T | undefined {
    if (!this.#db) return undefined;
    try {
      return work();
    } catch (error) {
      if (isCorrupt(error)) this.#giveUp();
      return undefined;
    }
  }

  #giveUp(): void {
    try {
      this.#db?.close();
    } catch { /* It is gone either way. */ }
    this.#db = undefined;
    clearInspectionStore(this.#folder);
  }
}

const DIGEST_LENGTH = 64;

function seal(key: string, value: string): string {
  return digest(key, value) + value;
}

function unseal(key: string, sealed: unknown): string | undefined {
  if (typeof sealed !== "string") return undefined;
  const value = sealed.slice(DIGEST_LENGTH);
  return sealed.slice(0, DIGEST_LENGTH) === digest(key, value) ? value : undefined;
}

function digest(key: string, value: string): string {
  return createHash("sha256").update(key).update("\0").update(value).digest("hex");
}
