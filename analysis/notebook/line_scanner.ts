/** Follows Python line by line, to know where statements begin. */
export interface LineScanner {
  /** Whether the next line begins a statement: no string or bracket is open, no line goes on. */
  isStart(): boolean;
  read(line: string): void;
}

const TOKEN = /"""|'''|["'()[\]{}#\\]/g;

export function createLineScanner(): LineScanner {
  let depth = 0, goesOn = false;
  /** The quotes of the string that is open. */
  let quotes = "";
  return {
    isStart: () => depth === 0 && quotes === "" && !goesOn,
    read(line) {
      goesOn = false;
      TOKEN.lastIndex = 0;
      for (let match = TOKEN.exec(line); match; match = TOKEN.exec(line)) {
        const [token] = match;
        if (token === "\\") {
          goesOn = quotes === "" && match.index === line.length - 1;
          TOKEN.lastIndex = match.index + 2;
        } else if (quotes !== "") {
          if (token === quotes) quotes = "";
          else if (token.startsWith(quotes)) {
            quotes = "";
            TOKEN.lastIndex = match.index + 1;
          }
        } else if (token === "#") break;
        else if (/["']/.test(token)) quotes = token;
        else depth = "([{".includes(token) ? depth + 1 : Math.max(0, depth - 1);
      }
      // A string with one quote ends with its line, unless that goes on.
      if (quotes.length === 1 && !line.endsWith("\\")) quotes = "";
    },
  };
}
