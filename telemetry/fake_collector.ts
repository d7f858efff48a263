/** A collector of OTLP over real HTTP, which keeps what it is sent. For tests. */

/** A span as it came, its attributes as an object. */
export interface CollectedSpan {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  /** 2: of a server, 3: of a client. */
  kind: number;
  startMs: number;
  endMs: number;
  attributes: Record<string, unknown>;
  /** 2: an error. */
  status?: number;
  traceState?: string;
}

export interface FakeCollector {
  url: string;
  spans: CollectedSpan[];
  /** Of the resources that the spans came with. */
  resource: Record<string, unknown>;
  requests: { path: string; headers: Headers; body: string }[];
  /** What it answers instead of taking them. */
  answer?: () => Response | Promise<Response>;
  /** Resolves when there are so many spans. */
  have(count: number): Promise<CollectedSpan[]>;
  stop(): Promise<void>;
}

export function startCollector(port = 0): FakeCollector {
  const waiting: { count: number; resolve(spans: CollectedSpan[]): void }[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port, onListen() {} }, async (request) => {
    const body = await request.text();
    fake.requests.push({ path: new URL(request.url).pathname, headers: request.headers, body });
    if (fake.answer) return await fake.answer();
    collect(JSON.parse(body), fake);
    for (const one of waiting) if (fake.spans.length >= one.count) one.resolve(fake.spans);
    return Response.json({});
  });
  const fake: FakeCollector = {
    url: `http://127.0.0.1:${server.addr.port}`,
    spans: [],
    resource: {},
    requests: [],
    have: (count) => {
      if (fake.spans.length >= count) return Promise.resolve(fake.spans);
      return new Promise((resolve) => waiting.push({ count, resolve }));
    },
    stop: () => server.shutdown(),
  };
  return fake;
}

// deno-lint-ignore no-explicit-any
type Json = any;

function collect({ resourceSpans }: Json, fake: FakeCollector): void {
  for (const { resource, scopeSpans } of resourceSpans) {
    Object.assign(fake.resource, toObject(resource.attributes));
    for (const { spans } of scopeSpans) fake.spans.push(...spans.map(toSpan));
  }
}

function toSpan(span: Json): CollectedSpan {
  return {
    ...span,
    startMs: Number(BigInt(span.startTimeUnixNano) / 1_000_000n),
    endMs: Number(BigInt(span.endTimeUnixNano) / 1_000_000n),
    attributes: toObject(span.attributes),
    status: span.status?.code,
  };
}

function toObject(attributes: Json[]): Record<string, unknown> {
  return Object.fromEntries(
    attributes.map(({ key, value }) => [key, Object.values(value as Json)[0]]),
  );
}
