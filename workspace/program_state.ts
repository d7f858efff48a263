import process from "node:process";
import { fileState } from "./file_state.ts";

/** Tells a build of this program from others; undefined when it is run from source. */
export function programState(): string | undefined {
  return Deno.build.standalone ? fileState(process.execPath, Infinity) : undefined;
}
