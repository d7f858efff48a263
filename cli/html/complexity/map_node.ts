/** What has an area in the map: a file, a folder, or several small files together. */
export interface MapNode {
  /** Within the folder around it; folders that hold nothing but a folder are one with it. */
  name: string;
  lines: number;
  functions: number;
  /** The highest cyclomatic complexity of the functions; 0 without any. */
  worst: number;
  /** The sum of theirs. */
  sum: number;
  /** How many it stands for; 1 for a file. */
  files: number;
  /** The largest first. Absent for a file, and for what is not told in parts. */
  children?: MapNode[];
  /** Whether it is a folder's rest: files and folders that are small. */
  rest?: true;
}
