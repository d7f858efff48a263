const IDENTIFIER = /^[\p{L}_][\p{L}\p{N}_]*$/u;
/** Folders that are searched for modules themselves. */
const SOURCE_FOLDERS = ["src", "lib"];

/**
 * The name that Python code imports a file by: `shop.cart` for `src/shop/cart.py`, `shop` for
 * `shop/__init__.py`. Folders whose names no import can say, and what is above them, are left out.
 *
 * @param path relative to the project's folder
 * @returns undefined when no import can name the file
 */
export function pythonModuleOf(path: string): string | undefined {
  const parts = path.replace(/\.pyw?$/i, "").split(/[/\\]/).filter((part) => part && part !== ".");
  if (parts.at(-1) === "__init__") parts.pop();
  const start = parts.findLastIndex((part) => !IDENTIFIER.test(part)) + 1;
  const names = parts.slice(start);
  if (names.length > 1 && SOURCE_FOLDERS.includes(names[0]!)) names.shift();
  return names.length === 0 ? undefined : names.join(".");
}
