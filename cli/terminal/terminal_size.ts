export interface ScreenSize {
  columns: number;
  rows: number;
}

/** What has to be known of a terminal to draw on it. */
export interface Terminal {
  size(): ScreenSize;
  /** Calls back whenever the size may have changed; returns how to stop that. */
  onChange(listener: () => void): () => void;
}

const DEFAULT_SIZE = { columns: 80, rows: 24 };
/** Where no signal tells: how often to look, in milliseconds. */
const POLL_MS = 250;

/** The terminal of this process. */
export function watchTerminal(): Terminal {
  return { size: measure, onChange: Deno.build.os === "windows" ? poll : listen };
}

function measure(): ScreenSize {
  try {
    const { columns, rows } = Deno.consoleSize();
    // A pseudo-terminal that nobody sized says 0.
    return { columns: columns || DEFAULT_SIZE.columns, rows: rows || DEFAULT_SIZE.rows };
  } catch {
    return DEFAULT_SIZE;
  }
}

function listen(listener: () => void): () => void {
  Deno.addSignalListener("SIGWINCH", listener);
  return () => Deno.removeSignalListener("SIGWINCH", listener);
}

function poll(listener: () => void): () => void {
  const timer = setInterval(listener, POLL_MS);
  return () => clearInterval(timer);
}
