/** A worker that fetches each address it is told, until it is told to stop; it says how that ended. */
import { fetchUntil } from "./fetch_until.ts";

interface Port {
  onmessage(event: MessageEvent<string>): void;
  postMessage(how: "answered" | "stopped"): void;
}

const port = self as unknown as Port;
let controller = new AbortController();

port.onmessage = async ({ data }) => {
  if (data === "stop") {
    const until = performance.now() + 3;
    while (performance.now() < until); // what comes meanwhile is there in the same turn
    return controller.abort();
  }
  controller = new AbortController();
  const ended = fetchUntil(controller.signal, fetch, data, {}).then((response) => response.text());
  port.postMessage(await ended.then(() => "answered", () => "stopped"));
};
