/** What no HTTP client should send: the same for the same seed. */
import { requestText } from "./raw_http.ts";
import { JSON_HEADERS } from "./mcp_over_http.ts";
import { type Random, seededRandom } from "./seeded_random.ts";

const PING = '{"jsonrpc":"2.0","id":1,"method":"ping"}';
const HEADERS = Object.entries(JSON_HEADERS).map(([name, value]) => `${name}: ${value}\r\n`).join(
  "",
);

const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
const END = "0\r\n\r\n";
const chunked = (body: string, coding = "chunked") =>
  `POST /mcp HTTP/1.1\r\nHost: HOST\r\n${HEADERS}Transfer-Encoding: ${coding}\r\n\r\n${body}`;
const plain = (line: string, headers = "Host: HOST\r\n", length: string | number = PING.length) =>
  `${line}\r\n${headers}${HEADERS}Content-Length: ${length}\r\n\r\n${PING}`;
const POST = "POST /mcp HTTP/1.1";

export interface BadRequest {
  what: string;
  /** `HOST` stands for the server's own. */
  text: string;
  /** What it may be answered with. @default 400 */
  statuses?: number[];
}

/** Each is sent on a connection of its own and answered once. */
export const BAD_REQUESTS: BadRequest[] = [
  { what: "no HTTP", text: "hello\r\n\r\n" },
  { what: "TLS", text: "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" },
  { what: "no version", text: "GET /health\r\n\r\n" },
  { what: "an unheard-of version", text: plain("POST /mcp HTTP/9.9") },
  { what: "HTTP/0.9", text: plain("POST /mcp HTTP/0.9") },
  { what: "no method", text: plain("/mcp HTTP/1.1") },
  { what: "a method with a control character", text: plain("PO\x01ST /mcp HTTP/1.1") },
  { what: "a path with a blank", text: plain("POST /m cp HTTP/1.1") },
  { what: "a path without a slash", text: plain("POST mcp HTTP/1.1") },
  { what: "another host in the path", text: plain("POST http://evil.example/mcp HTTP/1.1") },
  {
    what: "a very long path",
    text: plain(`POST /${"a".repeat(100_000)} HTTP/1.1`),
    statuses: [414],
  },
  { what: "no Host", text: plain(POST, "") },
  { what: "two Hosts", text: plain(POST, "Host: HOST\r\nHost: evil.example\r\n") },
  { what: "another Host", text: plain(POST, "Host: evil.example\r\n"), statuses: [403] },
  { what: "an empty Host", text: plain(POST, "Host:\r\n") },
  { what: "a header without a colon", text: plain(POST, "Host: HOST\r\nnonsense\r\n") },
  { what: "a blank before the colon", text: plain(POST, "Host: HOST\r\nX : y\r\n") },
  { what: "a header of two lines", text: plain(POST, "Host: HOST\r\nX: y\r\n z\r\n") },
  { what: "NUL in a header", text: plain(POST, "Host: HOST\r\nX: a\x00b\r\n") },
  { what: "a bare CR in a header", text: plain(POST, "Host: HOST\r\nX: a\rb: c\r\n") },
  {
    what: "a thousand headers",
    text: plain(POST, `Host: HOST\r\n${"X: y\r\n".repeat(1000)}`),
    statuses: [431],
  },
  {
    what: "a header of 1 MB",
    text: plain(POST, `Host: HOST\r\nX: ${"y".repeat(1e6)}\r\n`),
    statuses: [431],
  },
  { what: "a negative length", text: plain(POST, undefined, -1) },
  { what: "a length with a sign", text: plain(POST, undefined, `+${PING.length}`) },
  { what: "a length in hexadecimal", text: plain(POST, undefined, "0x28") },
  { what: "a huge length", text: plain(POST, undefined, "9".repeat(30)) },
  { what: "more than may be sent", text: plain(POST, undefined, 5_000_000), statuses: [413] },
  { what: "no length at all", text: plain(POST, undefined, "") },
  { what: "two lengths", text: plain(POST, "Host: HOST\r\nContent-Length: 5\r\n") },
  { what: "two lengths in one", text: plain(POST, undefined, `${PING.length}, 5`) },
  {
    what: "a length and chunks",
    text: `${POST}\r\nHost: HOST\r\n${HEADERS}Content-Length: 4\r\nTransfer-Encoding: chunked` +
      `\r\n\r\n${END}${plain(POST)}`,
  },
  { what: "an unheard-of coding", text: chunked(chunk(PING) + END, "gzip") },
  { what: "chunked, but not last", text: chunked(chunk(PING) + END, "chunked, gzip") },
  { what: "chunked with a control character", text: chunked(chunk(PING) + END, "\x0bchunked") },
  { what: "a coding twice", text: chunked(chunk(PING) + END, "chunked, chunked") },
  { what: "a chunk's size that is no number", text: chunked(`zz\r\n${PING}\r\n${END}`) },
  { what: "a negative chunk", text: chunked(`-1\r\n${PING}\r\n${END}`) },
  { what: "a huge chunk", text: chunked(`${"f".repeat(17)}\r\n${PING}\r\n${END}`) },
  { what: "a chunk that is longer than said", text: chunked(`5\r\n${PING}\r\n${END}`) },
  { what: "a huge chunk extension", text: chunked(`1;${"a".repeat(100_000)}\r\n{\r\n${END}`) },
  { what: "chunks that end with LF", text: chunked(`28\n${PING}\n0\n\n`) },
  { what: "a request in a body", text: chunked(chunk(`${PING}\r\n\r\n${plain(POST)}`) + END) },
  {
    what: "an upgrade",
    text: plain(POST, "Host: HOST\r\nConnection: upgrade\r\nUpgrade: h2c\r\n"),
  },
  {
    what: "CONNECT",
    text: "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n",
    statuses: [403],
  },
  { what: "TRACE", text: plain("TRACE /mcp HTTP/1.1"), statuses: [405] },
  { what: "asterisk", text: "OPTIONS * HTTP/1.1\r\nHost: HOST\r\n\r\n", statuses: [404] },
];

/** A good request that was damaged in some places. */
export function damagedRequest(seed: number, n: number, port: number): Uint8Array {
  const random = seededRandom(seed * 1_000_003 + n);
  const parts = requestText(port, { ...JSON_HEADERS, "x-extra": "a" }, PING);
  const bytes = new Uint8Array(
    parts.flatMap((part) =>
      typeof part === "string" ? [...new TextEncoder().encode(part)] : [...part]
    ),
  );
  return damage(random, bytes);
}

function damage(random: Random, bytes: Uint8Array): Uint8Array {
  if (random.below(10) === 0) return random.bytes(1 + random.below(500));
  if (random.below(5) === 0) return bytes.slice(0, random.below(bytes.length));
  for (let times = 1 + random.below(4); times > 0; times--) {
    const at = random.below(bytes.length);
    if (random.below(2) === 0) bytes[at] = random.below(256);
    else bytes.copyWithin(at, random.below(bytes.length));
  }
  return bytes;
}
