/** The official SDK's client alone, to tell what it fails from what devmcp does. */
import {
  Client,
  type OAuthClientProvider,
  type StoredOAuthClientInformation,
  type StoredOAuthTokens,
  StreamableHTTPClientTransport,
  UnauthorizedError,
} from "@modelcontextprotocol/client";

/** The suite ends the shell that it starts us with, and then waits for us. */
setTimeout(() => Deno.exit(1), 90_000);

const REDIRECT = "http://127.0.0.1:3000/callback";
let client: StoredOAuthClientInformation | undefined;
let tokens: StoredOAuthTokens | undefined;
let verifier = "";
let reply = new URLSearchParams();

const provider: OAuthClientProvider = {
  redirectUrl: REDIRECT,
  clientMetadata: { client_name: "sdk", redirect_uris: [REDIRECT] },
  clientInformation: () => client,
  saveClientInformation: (information) => void (client = information),
  tokens: () => tokens,
  saveTokens: (saved) => void (tokens = saved),
  codeVerifier: () => verifier,
  saveCodeVerifier: (saved) => void (verifier = saved),
  async redirectToAuthorization(url) {
    const response = await fetch(url, { redirect: "manual" });
    reply = new URL(response.headers.get("location")!).searchParams;
  },
};

async function connect(): Promise<Client> {
  const url = new URL(Deno.args[0]!);
  const transport = new StreamableHTTPClientTransport(url, { authProvider: provider });
  const client = new Client({ name: "sdk", version: "0.0.0" }, { capabilities: {} });
  try {
    await client.connect(transport);
  } catch (error) {
    if (!(error instanceof UnauthorizedError)) throw error;
    await transport.finishAuth(reply);
    return await connect();
  }
  return client;
}

const connected = await connect();
await connected.listTools();
await connected.callTool({ name: "test-tool", arguments: {} });
Deno.exit(0);
