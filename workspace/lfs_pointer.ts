const START = new TextEncoder().encode("version https://git-lfs.github.com/spec/");

/** Whether this is what git keeps in place of a file that is kept elsewhere (Git LFS). */
export function isLfsPointer(bytes: Uint8Array): boolean {
  return bytes.length < 1024 && START.every((byte, index) => bytes[index] === byte);
}
