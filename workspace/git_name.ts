/** A name as git keeps it: bytes. */
export interface GitName {
  /** As text; bytes that are no UTF-8 are written as `\xe9`. */
  text: string;
  /** Whether the text is the very name, so that the file can be opened by it. */
  isText: boolean;
}

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** A file's name as text. */
export function readName(bytes: Uint8Array): GitName {
  try {
    return { text: strict.decode(bytes), isText: true };
  } catch {
    return { text: escapeInvalid(bytes), isText: false };
  }
}

function escapeInvalid(bytes: Uint8Array): string {
  let text = "";
  for (let from = 0; from < bytes.length;) {
    const length = [1, 2, 3, 4].find((length) => isCharacter(bytes.subarray(from, from + length)));
    const piece = bytes.subarray(from, from + (length ?? 1));
    text += length ? strict.decode(piece) : `\\x${piece[0]!.toString(16).padStart(2, "0")}`;
    from += piece.length;
  }
  return text;
}

function isCharacter(bytes: Uint8Array): boolean {
  try {
    return [...strict.decode(bytes)].length === 1;
  } catch {
    return false;
  }
}
