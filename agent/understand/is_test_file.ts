/** Whether a file holds tests: its name is as test runners find them. */
export function isTestFile(path: string): boolean {
  return /(?:^|\/)test_[^/]*$|_test\.\w+$|\.(?:test|spec)\.\w+$/.test(path);
}
