import type { Config, LoadedConfig, Origin } from "./config.ts";
import { checkValue, wrongValue } from "./check_value.ts";
import { describeOrigin, nameOf, readConfigText } from "./config_file.ts";
import { readEnvironment } from "./environment.ts";
import { findProjectFile, userConfigFile } from "./find_file.ts";
import type { Env } from "./folders.ts";
import { CONFIG_KEYS, findKey, needsTrust } from "./keys.ts";
import type { FileSetting } from "./parse_file.ts";
import { DEFAULTS } from "./schema.ts";
import { findStrayKeys } from "./stray_keys.ts";
import { ToolError } from "./tool_error.ts";

/** A value from the command line. */
export interface FlagValue {
  /** As the user writes it: `--timeout`. */
  flag: string;
  value: unknown;
}

export interface LoadOptions {
  /** Absolute; where the search for the project's file starts. */
  cwd: string;
  env: Env;
  /** By dotted key. */
  flags?: Record<string, FlagValue>;
}

/**
 * The effective configuration: flags > environment > the project's devmcp.yaml > the user's >
 * defaults. Keys of a project that need trust are left out, with a warning, until it has it.
 *
 * @throws {ToolError} for the first thing that is wrong: file and line, variable or flag, and what
 * was expected
 */
export async function loadConfig({ cwd, env, flags = {} }: LoadOptions): Promise<LoadedConfig> {
  const loading = new Loading(cwd, env);
  const project = findProjectFile(cwd, env);
  const user = userConfigFile(env);
  await loading.addFile("user", user);
  if (project && project !== user) await loading.addFile("project", project);
  for (const { key, value, variable } of readEnvironment(env)) {
    loading.set(key, value, { kind: "environment", variable });
  }
  for (const [key, flag] of Object.entries(flags)) loading.setFlag(key, flag);
  loading.dropStrayKeys();
  return loading.result;
}

/** The configuration while its sources are laid over one another, the weakest first. */
class Loading {
  readonly #cwd: string;
  readonly #env: Env;
  readonly #values: Config = structuredClone(DEFAULTS);
  readonly #origins = new Map<string, Origin>(
    [...CONFIG_KEYS.keys()].map((name) => [name, { kind: "default" }]),
  );
  readonly #warnings: string[] = [];

  constructor(cwd: string, env: Env) {
    this.#cwd = cwd;
    this.#env = env;
  }

  get result(): LoadedConfig {
    return { values: this.#values, origins: this.#origins, warnings: this.#warnings };
  }

  /** The parser is loaded only where there is a file. */
  async addFile(kind: "user" | "project", path: string): Promise<void> {
    const file = readConfigText(path, { followLinks: kind === "user" });
    if (!file) return;
    const name = nameOf(path, this.#cwd);
    if (kind === "project" && file.isForeign) {
      this.#warnings.push(`${name}: left out, it belongs to another user`);
      return;
    }
    const { parseConfigFile } = await import("./parse_file.ts");
    const { settings, withoutEffect } = parseConfigFile(file.text, name);
    for (const { name: key, line, instead } of withoutEffect) {
      const use = instead ? `; use ${instead}` : " yet";
      this.#warnings.push(`${name}:${line}: "${key}" has no effect${use}`);
    }
    const allowed = kind === "user" ? settings : await this.#allowedOf(settings, path, file.bytes);
    for (const { key, value, line } of allowed) {
      this.set(key.name, value, { kind, file: path, line });
    }
  }

  async #allowedOf(
    settings: FileSetting[],
    path: string,
    bytes: Uint8Array,
  ): Promise<FileSetting[]> {
    const asking = settings.filter((setting) => needsTrust(setting.key, setting));
    if (asking.length === 0) return settings;
    const { isTrusted } = await import("./trust.ts");
    if (isTrusted(this.#env, path, bytes)) return settings;
    const names = asking.map(({ key }) => key.name).join(", ");
    this.#warnings.push(
      `${nameOf(path, this.#cwd)}: left out until you trust it: ${names}; run "devmcp trust"`,
    );
    return settings.filter((setting) => !asking.includes(setting));
  }

  setFlag(name: string, { flag, value }: FlagValue): void {
    const key = findKey(name);
    const checked = checkValue(key, value);
    if ("wrong" in checked) {
      throw new ToolError(`Cannot use ${flag}: it ${wrongValue(key, checked.wrong)}`);
    }
    this.set(name, checked.value, { kind: "flag", flag });
  }

  /** A key of a server is sent to no other one. */
  dropStrayKeys(): void {
    for (const { key, from, servers } of findStrayKeys(this.#values.model, this.#origins)) {
      const [own, others] = [from, servers].map((origin) => describeOrigin(origin, this.#cwd));
      this.#warnings.push(`${key} of ${own} is left out: it is not for the servers of ${others}`);
      this.set(key, "", { kind: "default" });
    }
  }

  /** `name` is a key of the schema, so its sections are there. */
  set(name: string, value: unknown, origin: Origin): void {
    const path = name.split(".");
    const last = path.pop()!;
    let section = this.#values as unknown as Record<string, unknown>;
    for (const part of path) section = section[part] as Record<string, unknown>;
    section[last] = value;
    this.#origins.set(name, origin);
  }
}

/** The value of a dotted key. @throws {ToolError} for an unknown one */
export function valueOf(values: Config, name: string): unknown {
  return findKey(name).path.reduce<unknown>(
    (section, part) => (section as Record<string, unknown>)[part],
    values,
  );
}
