/** The keys that tokens are signed with cannot be had. */
export class KeySetError extends Error {
  override name = "KeySetError";
}
