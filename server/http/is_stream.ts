/** Whether a response is a stream of events. */
export function isStream({ body, headers }: Response): boolean {
  return body !== null && headers.get("content-type") === "text/event-stream";
}
