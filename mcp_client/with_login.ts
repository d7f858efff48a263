import { LoginNeeded } from "./login_needed.ts";
import type { OAuth } from "./oauth.ts";
import type { LogIn } from "./oauth_login.ts";

/** One to get in, one because it needs more than others did. */
const MAX_LOGINS = 2;

/**
 * Runs what may need a login; if it does, has the person log in and runs it again.
 *
 * @throws what `attempt` and the login throw; {@link LoginNeeded} where that does not help
 */
export async function withLogin<T>(
  oauth: OAuth,
  options: LogIn,
  attempt: () => Promise<T>,
): Promise<T> {
  if (oauth.isWanted()) await oauth.login(options);
  for (let logins = 0;; logins++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof LoginNeeded) || logins === MAX_LOGINS) throw error;
      await oauth.login(options);
    }
  }
}
