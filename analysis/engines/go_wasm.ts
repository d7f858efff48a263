import { EngineTrap } from "./engine_trap.ts";

/** What gofmt and shfmt export: both are Go, compiled with TinyGo, and take one text at a time. */
interface Exports {
  memory: WebAssembly.Memory;
  _initialize(): void;
  /** Makes room for the next input and gives its address. */
  alloc(bytes: number): number;
  /** These read the input just written. */
  set_path?(): void;
  set_options?(): void;
  /** 0: the text is formatted already; 1: the output is the formatted text; 2: it is an error. */
  format(): number;
  output_ptr(): number;
  output_len(): number;
  dispose(): void;
}

/** The formatted text, or what the program says of one that it cannot parse. */
export type GoOutput = { text: string } | { problem: string };

/** What a text is to be taken for. */
export interface GoHints {
  path?: string;
  options?: Record<string, unknown>;
}

/** A formatter written in Go, in WebAssembly. */
export interface GoWasm {
  /** @throws {EngineTrap} when WebAssembly itself failed; the next call gets a new instance */
  format(text: string, hints?: GoHints): GoOutput;
}

/** WebAssembly's memory never shrinks: an instance that needed more than this is given up. */
const MAX_MEMORY_BYTES = 96 * 1024 * 1024;

/** An instance is made in less than a millisecond, at the first text and after a trap. */
export function createGoWasm(module: WebAssembly.Module): GoWasm {
  let instance: Exports | undefined;
  return {
    format(text, hints = {}) {
      const running = instance ??= instantiate(module);
      try {
        return format(running, text, hints);
      } catch (error) {
        instance = undefined;
        throw new EngineTrap(error, undefined);
      } finally {
        if (running.memory.buffer.byteLength > MAX_MEMORY_BYTES) instance = undefined;
      }
    },
  };
}

function instantiate(module: WebAssembly.Module): Exports {
  const exports = new WebAssembly.Instance(module).exports as unknown as Exports;
  exports._initialize();
  return exports;
}

function format(wasm: Exports, text: string, { path, options }: GoHints): GoOutput {
  if (options) {
    write(wasm, JSON.stringify(options));
    wasm.set_options?.();
  }
  if (path) {
    write(wasm, path);
    wasm.set_path?.();
  }
  write(wasm, text);
  const result = wasm.format();
  if (result === 0) {
    wasm.dispose();
    return { text };
  }
  const output = new Uint8Array(wasm.memory.buffer, wasm.output_ptr(), wasm.output_len());
  const told = new TextDecoder("utf-8", { ignoreBOM: true }).decode(output);
  wasm.dispose();
  return result === 1 ? { text: told } : { problem: told };
}

function write(wasm: Exports, text: string): void {
  const bytes = new TextEncoder().encode(text);
  const address = wasm.alloc(bytes.length);
  new Uint8Array(wasm.memory.buffer, address, bytes.length).set(bytes);
}
