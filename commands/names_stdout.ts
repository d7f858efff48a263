/** Whether a file name stands for standard output: devices may not be opened by name. */
export function namesStdout(file: string): boolean {
  return file === "-" || file === "/dev/stdout";
}
