/** A real terminal for the whole-program tests: tmux, with the binary in it. */
import { findTmux, type Tmux } from "../scripts/tmux.ts";
import { BINARY, inFolder } from "./devmcp.ts";

export interface TerminalOptions {
  /** Of devmcp. */
  args: string[];
  /** Runs this instead. */
  command?: string[];
  cwd: string;
  env: Record<string, string>;
  /** @default 80 */
  columns?: number;
  /** @default 24 */
  rows?: number;
}

export interface Terminal {
  /** Types characters as they are. */
  type(text: string): Promise<void>;
  /** Presses keys as tmux names them: `Enter`, `C-c`, `M-b`, `Up`. */
  press(...keys: string[]): Promise<void>;
  /** As the terminal's own paste does, between its brackets. */
  paste(text: string): Promise<void>;
  resize(columns: number, rows: number): Promise<void>;
  /** The screen, row by row, without blanks at their ends. */
  screen(): Promise<string[]>;
  /** The same with all that has scrolled away. */
  all(): Promise<string[]>;
  /** The screen with its colours as escape sequences. */
  styled(): Promise<string>;
  /** Where the cursor stands; from 0. */
  cursor(): Promise<{ column: number; row: number }>;
  /** Resolves when the screen, or what scrolled away, holds the text. @throws when it never does */
  sees(text: string | RegExp): Promise<void>;
  /** Resolves when the screen does not hold it any more. */
  seesNo(text: string | RegExp): Promise<void>;
  /** Of the program. */
  pid(): Promise<number>;
  /** Resolves once the program has ended. */
  exit(): Promise<Exit>;
}

export interface Exit {
  /** As the shell says it: 128 and the signal where one ended it. */
  code: number;
  /** Whether the terminal takes lines again and shows what is typed. */
  isRestored: boolean;
}

/** Runs a program, keeps its process's number, and says how it ended. */
const RUN = `
sh -c 'echo $$ > "$0"; exec "$@"' "$0.pid" "$@"
code=$?
modes=$(stty -a | grep -ow -e -icanon -e -echo | tr -d '\\n')
echo "exit code $code$modes."
`;

/** Longer is a hang. */
const MAX_WAIT_MS = 30_000;
const POLL_MS = 20;

const CONFIGURATION = [
  "set -g status off",
  "set -g history-limit 10000",
  "set -g remain-on-exit on",
  "set -g default-terminal tmux-256color",
  "set -s escape-time 0",
  "set -s set-clipboard on",
].join("\n");

/** Runs `test` with `devmcp ARGS` in a terminal of its own. */
export async function inTerminal(
  options: TerminalOptions,
  test: (terminal: Terminal) => Promise<void>,
): Promise<void> {
  const tmux = await findTmux();
  await inFolder({ "tmux.conf": CONFIGURATION, "run.sh": RUN }, async (folder) => {
    const session = new TmuxSession(tmux, folder);
    await session.start(options);
    try {
      await test(session);
    } finally {
      await session.end();
    }
  });
}

class TmuxSession implements Terminal {
  readonly #tmux: Tmux;
  readonly #folder: string;

  constructor(tmux: Tmux, folder: string) {
    this.#tmux = tmux;
    this.#folder = folder;
  }

  async start(options: TerminalOptions): Promise<void> {
    const { args, command = [BINARY, ...args], cwd, env, columns = 80, rows = 24 } = options;
    const variables = Object.entries({ NO_COLOR: "", ...env }).map(([name, value]) =>
      `${name}=${value}`
    );
    const size = ["-x", `${columns}`, "-y", `${rows}`];
    const run = ["env", ...variables, "sh", `${this.#folder}/run.sh`, ...command];
    await this.#run(["new-session", "-d", ...size, "-c", cwd, ...run]);
  }

  async end(): Promise<void> {
    await this.#run(["kill-server"]).catch(() => {});
  }

  async type(text: string): Promise<void> {
    await this.#run(["send-keys", "-l", "--", text]);
  }

  async press(...keys: string[]): Promise<void> {
    await this.#run(["send-keys", ...keys]);
  }

  async paste(text: string): Promise<void> {
    const path = `${this.#folder}/pasted`;
    await Deno.writeTextFile(path, text);
    await this.#run(["load-buffer", path]);
    await this.#run(["paste-buffer", "-p", "-r"]);
  }

  async resize(columns: number, rows: number): Promise<void> {
    await this.#run(["resize-window", "-x", `${columns}`, "-y", `${rows}`]);
  }

  async screen(): Promise<string[]> {
    return rowsOf(await this.#run(["capture-pane", "-p"]));
  }

  async all(): Promise<string[]> {
    return rowsOf(await this.#run(["capture-pane", "-p", "-S", "-"]));
  }

  async styled(): Promise<string> {
    return await this.#run(["capture-pane", "-p", "-e"]);
  }

  async cursor(): Promise<{ column: number; row: number }> {
    const [column, row] = (await this.#show("#{cursor_x} #{cursor_y}")).split(" ").map(Number);
    return { column: column!, row: row! };
  }

  sees(text: string | RegExp): Promise<void> {
    return this.#until(async () => holds(await this.all(), text), `${text} to be seen`);
  }

  seesNo(text: string | RegExp): Promise<void> {
    return this.#until(async () => !holds(await this.screen(), text), `${text} to go`);
  }

  async pid(): Promise<number> {
    return Number(await Deno.readTextFile(`${this.#folder}/run.sh.pid`));
  }

  async exit(): Promise<Exit> {
    const END = /exit code (\d+)([-a-z]*)\./;
    await this.sees(END);
    const [, code, modes] = END.exec((await this.all()).join("\n"))!;
    return { code: Number(code), isRestored: modes === "" };
  }

  async #show(format: string): Promise<string> {
    return (await this.#run(["display-message", "-p", format])).trim();
  }

  async #until(isTrue: () => Promise<boolean>, what: string): Promise<void> {
    for (const end = performance.now() + MAX_WAIT_MS; performance.now() < end;) {
      if (await isTrue()) return;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    throw new Error(`waited in vain for ${what}:\n${(await this.all()).join("\n")}`);
  }

  async #run(args: string[]): Promise<string> {
    const socket = ["-u", "-S", `${this.#folder}/socket`, "-f", `${this.#folder}/tmux.conf`];
    const { success, stdout, stderr } = await new Deno.Command(this.#tmux.program, {
      args: [...socket, ...args],
      env: { ...this.#tmux.env, TMUX: "", LC_ALL: "C.UTF-8" },
    }).output();
    if (!success) throw new Error(`tmux ${args[0]}: ${new TextDecoder().decode(stderr)}`);
    return new TextDecoder().decode(stdout);
  }
}

function rowsOf(captured: string): string[] {
  return captured.replace(/\n+$/, "").split("\n");
}

function holds(rows: string[], text: string | RegExp): boolean {
  const all = rows.join("\n");
  return typeof text === "string" ? all.includes(text) : text.test(all);
}
