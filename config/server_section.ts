import * as z from "zod";
import { NEEDS_TRUST, section } from "./section.ts";

const seconds = (value: number, description: string) =>
  z.number().gt(0).max(86_400).default(value).meta({ description, ...NEEDS_TRUST });

const count = (value: number, description: string, min = 1) =>
  z.int().min(min).max(1_000_000).default(value).meta({ description, ...NEEDS_TRUST });

const megabytes = (value: number, description: string) =>
  z.number().gt(0).max(1024).default(value).meta({ description, ...NEEDS_TRUST });

const hostName = z.string().max(253).regex(/^[A-Za-z0-9.-]+$|^\[[0-9A-Fa-f:.]+\]$/)
  .meta({ examples: ["devmcp.example.com"] });

const origin = z.string().max(300).refine((text) => URL.parse(text)?.origin === text)
  .meta({ examples: ["https://app.example.com"] });

const isWebAddress = (text: string) => /^https?:$/.test(URL.parse(text)?.protocol ?? "");

const webAddress = z.string().max(2048).refine((text) => text === "" || isWebAddress(text))
  .default("").meta({ examples: ["https://auth.example.com/jwks.json"] });

const webAddresses = z.array(
  z.string().max(2048).refine(isWebAddress).meta({ examples: ["https://auth.example.com"] }),
).max(8).default([]);

const limits = section("What `devmcp serve` takes at once", {
  concurrent_calls: count(5, "Quick tool calls that run at once, and as many long ones"),
  queued_calls: count(100, "Tool calls of each kind that wait for their turn; more are refused", 0),
  calls_per_minute: count(0, "Tool calls of one key in a minute; 0: any number", 0),
  body_mb: megabytes(4, "Megabytes of one HTTP request"),
  header_seconds: seconds(10, "Seconds until the headers of an HTTP request are there"),
  body_seconds: seconds(
    30,
    "Seconds until the body of an HTTP request is there, and until an answer has been taken",
  ),
  call_seconds: seconds(
    60,
    "Seconds that one tool call may take; tools that ask a model have at least " +
      "model.timeout_seconds",
  ),
  output_mb: z.number().gt(0).max(9).default(9).meta({
    description: "Megabytes of one result; MCP clients take no more than 9",
    ...NEEDS_TRUST,
  }),
  connections: count(4096, "HTTP connections at once"),
  sessions: count(4096, "Sessions of older clients over HTTP at once"),
  sessions_per_client: count(256, "Such sessions of one key"),
  streams_per_client: count(256, "Open event streams of one key"),
  session_idle_minutes: z.number().gt(0).max(10_080).default(30).meta({
    description: "Minutes after which an unused session is forgotten",
    ...NEEDS_TRUST,
  }),
});

const auth = section("Who may call `devmcp serve --http`, beside its own keys", {
  required: z.boolean().default(false).meta({
    description: "Whether callers on this machine need a key too, as behind a reverse proxy",
    ...NEEDS_TRUST,
    "x-harmless": true,
  }),
  jwt_secret_env: z.string().max(128).regex(/^([A-Za-z_]\w*)?$/).default("").meta({
    description: "Name of the environment variable that holds the shared secret of JWTs",
    ...NEEDS_TRUST,
  }),
  jwks_url: webAddress.meta({
    description: "Address of the key set that JWTs are signed with",
    ...NEEDS_TRUST,
  }),
  algorithms: z.array(
    z.enum(["HS256", "HS384", "HS512", "RS256", "PS256", "ES256", "ES384", "EdDSA"]),
  ).max(8).default([]).meta({
    description: "Algorithms of JWTs that are taken; none: HS256 with a shared secret, RS256 and " +
      "ES256 with a key set",
    ...NEEDS_TRUST,
  }),
  issuer: z.string().max(2048).default("").meta({
    description: "Issuer that JWTs must name",
    ...NEEDS_TRUST,
  }),
  audience: z.string().max(2048).default("").meta({
    description: "Audience that JWTs must name; empty: resource_url",
    ...NEEDS_TRUST,
  }),
  resource_url: webAddress.meta({
    description: "Public address of this server's /mcp, for OAuth clients",
    examples: ["https://devmcp.example.com/mcp"],
    ...NEEDS_TRUST,
  }),
  authorization_servers: webAddresses.meta({
    description: "OAuth authorization servers whose tokens are taken",
    ...NEEDS_TRUST,
  }),
});

/** `server:` of devmcp.yaml. */
export const serverSection = section("How `devmcp serve` serves", {
  read_only: z.boolean().default(false).meta({
    description: "Whether only tools that read are offered",
    ...NEEDS_TRUST,
    "x-harmless": true,
  }),
  allowed_hosts: z.array(hostName).max(64).default([]).meta({
    description: "Names by which clients reach this server, beside localhost and its address",
    examples: ["devmcp.example.com"],
    ...NEEDS_TRUST,
  }),
  allowed_origins: z.array(origin).max(64).default([]).meta({
    description: "Web pages that may call this server",
    examples: ["https://app.example.com"],
    ...NEEDS_TRUST,
  }),
  tls_cert: z.string().max(4096).default("").meta({
    description: "PEM file of the certificate; empty: no TLS",
    ...NEEDS_TRUST,
  }),
  tls_key: z.string().max(4096).default("").meta({
    description: "PEM file of the certificate's key",
    ...NEEDS_TRUST,
  }),
  drain_seconds: seconds(10, "Seconds that calls under way may go on after SIGTERM"),
  metrics: z.boolean().default(false).meta({
    description: "Whether /metrics is served, for Prometheus",
    ...NEEDS_TRUST,
    "x-harmless": false,
  }),
  limits,
  auth,
});
