import type { EventStore, JSONRPCMessage } from "@modelcontextprotocol/server";

export interface EventLimits {
  maxEvents: number;
  maxBytes: number;
  /** What all stores together hold and may hold. */
  shared: { bytes: number; maxBytes: number };
}

interface StoredEvent {
  number: number;
  streamId: string;
  message: JSONRPCMessage;
  bytes: number;
}

/** The latest events of one session, for a client that takes up a stream where it broke off. */
export class SessionEvents implements EventStore {
  readonly #limits: EventLimits;
  readonly #events: StoredEvent[] = [];
  #last = 0;
  #bytes = 0;

  constructor(limits: EventLimits) {
    this.#limits = limits;
  }

  storeEvent(streamId: string, message: JSONRPCMessage): Promise<string> {
    const bytes = JSON.stringify(message).length;
    const event = { number: ++this.#last, streamId, message, bytes };
    this.#events.push(event);
    this.#count(bytes);
    while (this.#isTooMuch()) this.#forgetOldest();
    return Promise.resolve(idOf(event));
  }

  getStreamIdForEventId(eventId: string): Promise<string | undefined> {
    return Promise.resolve(this.#find(eventId)?.streamId);
  }

  async replayEventsAfter(
    lastEventId: string,
    { send }: { send(eventId: string, message: JSONRPCMessage): Promise<void> },
  ): Promise<string> {
    const found = this.#find(lastEventId);
    if (!found) throw new Error(`Cannot replay events after "${lastEventId}": it is forgotten`);
    const missed = this.#events.filter(({ streamId, number }) =>
      streamId === found.streamId && number > found.number
    );
    for (const event of missed) {
      const isEmpty = Object.keys(event.message).length === 0; // the one that opens a stream
      if (!isEmpty) await send(idOf(event), event.message);
    }
    return found.streamId;
  }

  /** Forgets them all. */
  clear(): void {
    while (this.#events.length > 0) this.#forgetOldest();
  }

  #find(eventId: string): StoredEvent | undefined {
    return this.#events.find((event) => idOf(event) === eventId);
  }

  /** The latest is kept whatever its size, where all stores together have room for it. */
  #isTooMuch(): boolean {
    const { maxEvents, maxBytes, shared } = this.#limits;
    const { length } = this.#events;
    if (length > 1 && (length > maxEvents || this.#bytes > maxBytes)) return true;
    return length > 0 && shared.bytes > shared.maxBytes;
  }

  #forgetOldest(): void {
    this.#count(-this.#events.shift()!.bytes);
  }

  #count(bytes: number): void {
    this.#bytes += bytes;
    this.#limits.shared.bytes += bytes;
  }
}

function idOf({ number, streamId }: StoredEvent): string {
  return `${streamId}_${number}`;
}
