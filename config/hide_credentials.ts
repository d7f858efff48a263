/**
 * Text that may be an address, without what may be secret in it: `http://user:password@host/?key=1`
 * as `http://***@host/?…`.
 */
export function hideCredentials(text: string): string {
  const start = /^[a-z][a-z0-9+.-]{0,30}:\/\//i.exec(text)?.[0] ?? "";
  const rest = text.slice(start.length);
  // A password with a `#` in it, or a key with an `@`: nobody can tell.
  if (/[?#].*@/s.test(rest)) return `${start}…`;
  const at = rest.lastIndexOf("@");
  const host = at < 0 ? rest : `***${rest.slice(at)}`;
  return `${start}${host.replace(/([?#]).+$/s, "$1…")}`;
}
