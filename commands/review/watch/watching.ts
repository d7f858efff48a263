import type { Output } from "../../../cli/app.ts";
import type { Rendered } from "../../../cli/review_writer.ts";
import type { FileInput } from "../review_job.ts";
import type { ReviewMemory } from "./review_memory.ts";

/** What one run of a watch is given by those before it, and leaves to those after it. */
export interface Watching {
  /** Where the bar is drawn: what else is written waits for the end of the run. */
  bar: Output;
  /** So many files at most are reviewed in this thread, whose engines are loaded already. */
  here: number;
  /** The files of the run before; only where none can have come or gone. */
  inputs?: FileInput[];
  memory: ReviewMemory;
  /** What files look like, as text. */
  rendered: Rendered;
  /** Is told of each folder, absolute, before it is looked into. */
  onFolder(folder: string): void;
  /** Is told of all files, before the first is reviewed. */
  onInputs(inputs: FileInput[]): void;
  /** Is told of a file that the review goes by, which may not be there. */
  onSetting(path: string): void;
}
