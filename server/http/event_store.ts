import type { EventStore, JSONRPCMessage } from "@modelcontextprotocol/server";

export interface EventLimits {
  maxEvents: number;
  maxBytes: number;
}

interface StoredEvent {
  number: number;
  streamId: string;
  message: JSONRPCMessage;
  bytes: number;
}

/** The latest events of one session, for a client that takes up a stream where it broke off. */
export function createEventStore({ maxEvents, maxBytes }: EventLimits): EventStore {
  const events: StoredEvent[] = [];
  let last = 0;
  let bytes = 0;

  function forgetOldest(): void {
    while (events.length > 0 && (events.length > maxEvents || bytes > maxBytes)) {
      bytes -= events.shift()!.bytes;
    }
  }

  const find = (eventId: string) => events.find((event) => idOf(event) === eventId);

  return {
    storeEvent(streamId, message) {
      const event = { number: ++last, streamId, message, bytes: JSON.stringify(message).length };
      events.push(event);
      bytes += event.bytes;
      forgetOldest();
      return Promise.resolve(idOf(event));
    },
    getStreamIdForEventId: (eventId) => Promise.resolve(find(eventId)?.streamId),
    async replayEventsAfter(lastEventId, { send }) {
      const found = find(lastEventId);
      if (!found) throw new Error("no such event");
      const missed = events.filter(({ streamId, number }) =>
        streamId === found.streamId && number > found.number
      );
      for (const event of missed) {
        if (Object.keys(event.message).length > 0) await send(idOf(event), event.message);
      }
      return found.streamId;
    },
  };
}

function idOf({ number, streamId }: StoredEvent): string {
  return `${streamId}_${number}`;
}
