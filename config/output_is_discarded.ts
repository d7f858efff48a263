/**
 * Whether what is printed goes to the null device: on purpose, or because standard output was closed
 * when the program started, which the runtime then replaces by it. False where that cannot be told.
 */
export function outputIsDiscarded(): boolean {
  try {
    const [output, nowhere] = ["/dev/stdout", "/dev/null"].map((path) => Deno.statSync(path));
    return output!.isCharDevice === true && output!.rdev === nowhere!.rdev;
  } catch {
    return false;
  }
}
