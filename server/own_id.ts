/** Tells this run's requests from those of others in one log. */
const RUN = crypto.randomUUID().slice(0, 8);
const ids = new WeakMap<Request, string>();
let count = 0;

/** Our id of a request, for events; what an HTTP request brings has the id of that. */
export function ownId(http?: Request): string {
  const known = http && ids.get(http);
  if (known) return known;
  const id = `${RUN}-${++count}`;
  if (http) ids.set(http, id);
  return id;
}
