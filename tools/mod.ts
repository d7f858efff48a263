import type { Effects, Tool } from "./tool.ts";

/** What is known of a tool without loading it. */
export interface ToolEntry {
  name: string;
  title: string;
  summary: string;
  effects: Effects;
  load(): Promise<Tool>;
}

export const tools: ToolEntry[] = [];
