import type { App, Output } from "./app.ts";

/** An {@link Output} that keeps what is written, for tests. */
export class RecordedOutput implements Output {
  text = "";
  isTerminal = false;
  columns = 80;
  color = false;

  constructor(values: Partial<Pick<Output, "isTerminal" | "columns" | "color">> = {}) {
    Object.assign(this, values);
  }

  write(text: string): void {
    this.text += text;
  }

  writeBytes(bytes: Uint8Array): void {
    this.text += new TextDecoder().decode(bytes);
  }
}

export type FakeApp = App & { stdout: RecordedOutput; stderr: RecordedOutput };

function missing(name: string): () => never {
  return () => {
    throw new Error(`the test's App has no ${name}`);
  };
}

/** An {@link App} for tests: it records its output; whatever a test needs beyond that it gives. */
export function fakeApp(values: Partial<App> = {}): FakeApp {
  return {
    version: "0.1.0",
    stdout: new RecordedOutput(),
    stderr: new RecordedOutput(),
    readStdin: () => Promise.resolve(new Uint8Array()),
    stdinIsTerminal: false,
    cwd: "/project",
    env: () => undefined,
    signal: new AbortController().signal,
    config: missing("configuration"),
    configure: () => {},
    models: { get: missing("models") },
    prompts: { load: missing("prompts") },
    cache: { get: () => Promise.resolve(undefined), set: () => Promise.resolve() },
    engines: { ruff: missing("ruff"), python: missing("python") },
    loadAsset: missing("loadAsset"),
    openWorkspace: missing("openWorkspace"),
    workerUrl: new URL("file:///worker.ts"),
    openTelemetry: () => Promise.resolve({ emit: () => {}, close: () => Promise.resolve() }),
    tools: [],
    exitCode: 0,
    ...values,
  } as FakeApp;
}
