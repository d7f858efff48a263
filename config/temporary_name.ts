const NAME = /^\.devmcp-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/;

/** A name for a file that is to take another one's place, beside that. */
export function temporaryName(): string {
  return `.devmcp-${crypto.randomUUID()}.tmp`;
}

/** Whether a name is one that {@link temporaryName} makes. */
export function isTemporaryName(name: string): boolean {
  return NAME.test(name);
}
