const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
const RANDOM_LETTERS = 4;

/** A new id: the time in UTC and four random letters or digits. */
export function makeSessionId(now = new Date()): string {
  const [day = "", time = ""] = now.toISOString().replace(/[-:]/g, "").split(/[T.]/);
  const random = crypto.getRandomValues(new Uint8Array(RANDOM_LETTERS));
  return `${day}-${time}-${Array.from(random, (byte) => LETTERS[byte % LETTERS.length]).join("")}`;
}

/** Whether a text can be an id; what can is safe as a file's name and on a terminal. */
export function isSessionId(text: string): boolean {
  return /^[a-z0-9][a-z0-9_-]{0,63}$/i.test(text);
}
