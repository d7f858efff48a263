/**
 * Lets the user change a text in the editor that they have set, else in the usual one.
 *
 * @throws {ToolError} when there is none, or it fails
 */
export async function editMessage(
  text: string,
  env: (name: string) => string | undefined,
): Promise<string> {
  const [{ changeInFile }, { runEditor }] = await Promise.all([
    import("../../../store/change_in_file.ts"),
    import("../../../sandbox/run_editor.ts"),
  ]);
  const usual = Deno.build.os === "windows" ? "notepad" : "vi";
  const command = env("VISUAL") || env("EDITOR") || usual;
  const edited = await changeInFile(text, (path) => runEditor(command, path));
  return edited.replace(/\n+$/, "");
}
