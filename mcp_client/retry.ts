/** After a connection is lost, before it is tried again, in milliseconds; doubles each time. */
const FIRST_MS = 500;
const MAX_TRIES = 5;
/** A connection that held so long is not one that fails again and again, in milliseconds. */
const HEALTHY_MS = 60_000;

/** When a server that is gone is tried again: later each time, and not for ever. */
export class Retry {
  readonly #connect: () => void;
  readonly #firstMs: number;
  /** Since the connection last held. */
  #tries = 0;
  #connectedAt = 0;
  #timer?: ReturnType<typeof setTimeout>;

  /**
   * @param connect tries it
   * @param firstMs before the first try, in milliseconds @default 500
   */
  constructor(connect: () => void, firstMs = FIRST_MS) {
    this.#connect = connect;
    this.#firstMs = firstMs;
  }

  /** Tries once more, unless that is waited for already or was done too often. */
  later(): void {
    if (this.#tries >= MAX_TRIES || this.#timer !== undefined) return;
    const delay = this.#firstMs * 2 ** (this.#tries++);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#connect();
    }, delay);
  }

  /** The connection holds from now on. */
  connected(): void {
    this.#connectedAt = performance.now();
  }

  /** The connection has ended; what failed before one that held long no longer counts. */
  lost(): void {
    if (performance.now() - this.#connectedAt > HEALTHY_MS) this.forget();
  }

  /** What failed before no longer counts. */
  forget(): void {
    this.#tries = 0;
  }

  /** Tries no more what is waited for. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
