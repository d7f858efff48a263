import process from "node:process";

/** What of the console goes to standard output. */
const TO_STDOUT = [
  ...["log", "info", "debug", "dir", "dirxml", "table", "group", "groupCollapsed"],
  ...["count", "countReset", "time", "timeEnd", "timeLog"],
] as const;

/**
 * Sends what libraries print to standard error: on stdio, standard output is the protocol's alone.
 * It holds for the thread that calls it; each worker calls it for itself.
 */
export function guardConsole(): void {
  const toStderr = console.error.bind(console);
  for (const name of TO_STDOUT) Object.assign(console, { [name]: toStderr });
  Object.defineProperty(process, "stdout", { get: () => process.stderr, configurable: true });
}
