/** One connection that HTTP is spoken over. */
export interface ServedConnection {
  /** Resolves when the connection has ended, for whatever reason. */
  finished: Promise<void>;
}

/** As Deno gives it. */
interface EngineConnection extends ServedConnection {
  shutdown(): Promise<void>;
}

export interface ConnectionHandler {
  signal: AbortSignal;
  /** `sent` settles when the response has been sent, or cannot be any more. */
  handle(request: Request, sent: Promise<void>): Response | Promise<Response>;
  onError(error: unknown): Response;
}

type ServeOnConnection = (
  connection: Deno.Conn,
  signal: AbortSignal,
  handle: (request: Request, info: { completed: Promise<void> }) => Response | Promise<Response>,
  onError: (error: unknown) => Response,
  onListen: () => void,
) => EngineConnection;

/**
 * Speaks HTTP, as `Deno.serve` does, over a connection that was accepted elsewhere; aborting
 * `signal` ends it at once.
 *
 * This is the one door to a part of Deno that is not public (its own `node:http` is built on it):
 * `Deno.serve` keeps connections to itself, so that none can be counted, given a deadline or ended. The
 * runtime is compiled into the program, so that it cannot change under it; a new one that lacks this
 * fails the first test here.
 */
export function serveConnection(
  connection: Deno.Conn,
  { signal, handle, onError }: ConnectionHandler,
): ServedConnection {
  const served = serveOn(
    connection,
    forgiving(signal),
    (request, { completed }) => handle(request, completed),
    onError,
    () => {},
  );
  return { finished: release(served) };
}

/** The engine keeps what it has of a connection that broke off amid a response, unless told. */
async function release(served: EngineConnection): Promise<void> {
  try {
    await served.finished;
  } catch (error) {
    await served.shutdown();
    throw error;
  }
}

/** A connection that has just ended cannot be ended again: the engine's listener then throws. */
function forgiving(signal: AbortSignal): AbortSignal {
  const add = signal.addEventListener.bind(signal);
  const addForgiving = (type: "abort", listen: (event: Event) => void) =>
    add(type, (event) => {
      try {
        listen(event);
      } catch {
        // it had ended
      }
    });
  return Object.assign(signal, { addEventListener: addForgiving });
}

const serveOn = findServe();

function findServe(): ServeOnConnection {
  const { internal } = Deno as unknown as { internal: symbol };
  const inside = Reflect.get(Deno, internal);
  return inside.serveHttpOnConnection;
}
