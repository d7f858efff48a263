/** The MCP server in the binary, over HTTP, in a home of its own. */
import assert from "node:assert/strict";
import { BINARY, inFolder } from "./devmcp.ts";

/** Longer than anything here takes, even on a busy machine. */
const PATIENCE_MS = 60_000;

export interface HttpHostOptions {
  args?: string[];
  env?: Record<string, string>;
  /** The user's devmcp.yaml. */
  config?: string;
  /** Files of its folder: `state`, `config` and `work` are in it. */
  files?: Record<string, string>;
}

/** One `devmcp serve --http`. */
export class HttpHost {
  readonly #child: Deno.ChildProcess;
  readonly #address: Promise<string>;
  /** All that came over standard error. */
  stderr = "";
  #read: Promise<void>;
  /** Of `/mcp`; empty until it listens. */
  url = "";

  constructor(args: string[], env: Record<string, string>, cwd: string) {
    this.#child = new Deno.Command(BINARY, {
      args: ["serve", ...args],
      cwd,
      env,
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    const { promise, resolve } = Promise.withResolvers<string>();
    this.#address = promise;
    this.#read = this.#readStderr(resolve);
  }

  async #readStderr(found: (url: string) => void): Promise<void> {
    for await (const text of this.#child.stderr.pipeThrough(new TextDecoderStream())) {
      this.stderr += text;
      const [url] = this.stderr.match(/https?:\/\/[^\s"]+\/mcp\b/) ?? [];
      if (url) found(url);
    }
    found("");
  }

  async listening(): Promise<void> {
    this.url = await soon(this.#address, "the server's address");
    assert.ok(this.url, `no address: ${this.stderr}`);
  }

  get pid(): number {
    return this.#child.pid;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  kill(signal: Deno.Signal): void {
    this.#child.kill(signal);
  }

  /** Waits for the process's end. */
  async ended(): Promise<{ code: number; stderr: string }> {
    const { code } = await soon(this.#child.status, "the end of the process");
    await this.#read;
    return { code, stderr: this.stderr };
  }
}

/** Runs `test` with a server that listens on a free port, and checks that it ends clean. */
export async function withHttpHost(
  test: (host: HttpHost, folder: string) => Promise<void>,
  { args = ["--http", "127.0.0.1:0"], env = {}, config = "", files = {} }: HttpHostOptions = {},
): Promise<void> {
  const all = { "work/.keep": "", "config/devmcp/devmcp.yaml": config, ...files };
  await inFolder(all, async (folder) => {
    const host = new HttpHost(args, { ...homeIn(folder), ...env }, `${folder}/work`);
    let isOk = false;
    try {
      await host.listening();
      await test(host, folder);
      isOk = true;
    } finally {
      await end(host, isOk);
    }
  });
}

/** A home without anything in it, where no model is running. */
export function homeIn(folder: string): Record<string, string> {
  return {
    HOME: folder,
    XDG_CONFIG_HOME: `${folder}/config`,
    XDG_CACHE_HOME: `${folder}/cache`,
    XDG_STATE_HOME: `${folder}/state`,
    OLLAMA_HOST: "http://127.0.0.1:9",
  };
}

async function end(host: HttpHost, isOk: boolean): Promise<void> {
  try {
    host.kill(isOk ? "SIGTERM" : "SIGKILL");
  } catch {
    // it has ended by itself
  }
  const { code, stderr } = await host.ended();
  if (isOk) assert.equal(code, 0, stderr);
  else console.error(stderr.slice(0, 4000));
}

export async function soon<T>(promise: Promise<T>, what: string, ms = PATIENCE_MS): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited too long for ${what}`)), ms);
  });
  return await Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
