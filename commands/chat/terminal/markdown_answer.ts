import {
  createMarkdownStream,
  type MarkdownOptions,
} from "../../../cli/terminal/markdown_stream.ts";
import type { AnswerView } from "./answer_view.ts";

/** An answer as Markdown; its pieces are rendered together when lines are taken. */
export function markdownAnswer({ ...options }: MarkdownOptions): AnswerView {
  let stream = createMarkdownStream(options);
  let pending = "";
  const take = () => {
    if (pending === "") return [];
    const { lines } = stream.push(pending);
    pending = "";
    return lines;
  };
  return {
    push: (markdown) => void (pending += markdown),
    take,
    tail: () => stream.push("").tail,
    end: () => [...take(), ...stream.end().lines],
    restart: () => {
      pending = "";
      stream = createMarkdownStream(options);
    },
    resize: (columns) => {
      options.columns = columns;
      stream.resize(columns);
    },
  };
}
