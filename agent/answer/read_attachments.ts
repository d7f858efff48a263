import { ToolError } from "../../config/tool_error.ts";
import { oneLine } from "../../config/one_line.ts";
import { findMentions, type Mention } from "../understand/find_mentions.ts";
import type { Attachment } from "../turn_state.ts";
import type { AgentFiles } from "../world.ts";

export interface AttachmentOptions {
  /** The message, whose `@path`, `@"path"` and `@server:uri` are meant. */
  input: string;
  /** Of the session, whose files go along with each message. */
  files: string[];
  reader: Pick<AgentFiles, "readText" | "exists" | "readResource">;
  /** Names of the MCP servers that are there. */
  servers: string[];
}

export interface Attachments {
  attachments: Attachment[];
  /** What could not be attached, or only in part; a line each. */
  notices: string[];
}

const MAX_ATTACHMENTS = 20;
/** UTF-16 code units; more than any context has room for. */
const MAX_CHARACTERS = 256 * 1024;

/** Reads what goes along with a message: the session's files, and what the message names. */
export async function readAttachments(
  { input, files, reader, servers }: AttachmentOptions,
): Promise<Attachments> {
  const mentions = findMentions(input, { exists: (path) => reader.exists(path), servers });
  const added = files.map((name): Mention => ({ name, kind: "file" }));
  const all = [...new Map([...added, ...mentions].map((one) => [one.name, one])).values()];
  const read = await Promise.all(
    all.slice(0, MAX_ATTACHMENTS).map((mention) => readOne(mention, reader)),
  );
  const dropped = all.slice(MAX_ATTACHMENTS).map(({ name }) => oneLine(name));
  return {
    attachments: read.flatMap(({ attachment }) => attachment ?? []),
    notices: [
      ...read.flatMap(({ notice }) => notice ?? []),
      ...dropped.length > 0
        ? [`more than ${MAX_ATTACHMENTS} files: left out ${oneLine(dropped.join(", "))}`]
        : [],
    ],
  };
}

async function readOne(
  { name, kind }: Mention,
  reader: AttachmentOptions["reader"],
): Promise<{ attachment?: Attachment; notice?: string }> {
  try {
    const text = await (kind === "file" ? reader.readText(name) : reader.readResource(name));
    if (text.length <= MAX_CHARACTERS) return { attachment: { name, text } };
    return {
      attachment: { name, text: cutAtLine(text) },
      notice: `only the first ${MAX_CHARACTERS / 1024} KiB of ${oneLine(name)} are attached`,
    };
  } catch (error) {
    if (error instanceof ToolError) return { notice: error.message };
    throw error;
  }
}

function cutAtLine(text: string): string {
  const end = text.lastIndexOf("\n", MAX_CHARACTERS - 1);
  return text.slice(0, end > 0 ? end + 1 : MAX_CHARACTERS).toWellFormed();
}
