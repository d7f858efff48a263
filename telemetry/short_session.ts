/** A session's last characters: enough to tell it from others, too few to use it. */
export function shortSession(id: string | undefined): string | undefined {
  return id?.slice(-8);
}
