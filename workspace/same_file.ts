import { stat } from "node:fs/promises";

/** Whether two paths lead to one file, by whatever links and spellings; not where either is missing. */
export async function isSameFile(a: string, b: string): Promise<boolean> {
  const [one, other] = await Promise.all([a, b].map(look));
  return one !== undefined && one.dev === other?.dev && one.ino === other.ino;
}

function look(path: string) {
  return stat(path, { bigint: true }).catch(() => undefined);
}
