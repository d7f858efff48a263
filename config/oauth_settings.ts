/** How devmcp logs in at an MCP server, from the server's definition. No secret is in it. */
export interface OAuthSettings {
  /** Of a client that is registered already; else devmcp registers one. */
  client_id?: string;
  /** Name of the environment variable that holds the client's secret. */
  client_secret_env?: string;
  /** A PEM file with the client's private key, instead of a secret (private_key_jwt). */
  private_key_file?: string;
  /**
   * `client_credentials`: as the client itself, without a person. `cross_app_access`: for a person whom
   * their company's identity provider vouches for. @default "authorization_code"
   */
  grant?: "authorization_code" | "client_credentials" | "cross_app_access";
  /** Where the identity provider gives tokens, for cross_app_access. */
  idp_token_endpoint?: string;
  /** What the client is there. */
  idp_client_id?: string;
  /** Name of the environment variable that holds the person's ID token. */
  id_token_env?: string;
  /** The only authorization server that may hear of the client. @default the first one seen */
  issuer?: string;
  /** What to ask for. @default what the server wants */
  scopes?: string[];
  /** URL of a document that describes the client, for servers that take one as its id. */
  client_metadata_url?: string;
  /** Port that the client's registration names. @default a free one */
  redirect_port?: number;
}
