/** An API key as it is kept: not the key itself, only how to know it again. */
export interface ApiKey {
  id: string;
  name: string;
  scopes: readonly ("read" | "write" | "run")[];
}

export interface ApiKeys {
  find(id: string): ApiKey | undefined;
}
