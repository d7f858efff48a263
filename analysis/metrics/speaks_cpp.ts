/** What is C++ and never C: so a header, `.h`, tells which of the two it is. */
const CPP = new RegExp(
  [
    /^[ \t]*template\s*</,
    /^[ \t]*(?:inline\s+)?namespace(?:\s+[\w:]+)?\s*\{/,
    /^[ \t]*using\s+(?:namespace\s+\w|\w+\s*=|\w+::)/,
    /^[ \t]*(?:enum\s+)?class\s+(?:[A-Z_]+\s+)?\w+\s*(?:final\s*)?(?:[{;]|:[^:])/,
    /^[ \t]*(?:public|private|protected)\s*:(?!:)/,
    /\bstd::\w/,
    /\b(?:static|dynamic|const|reinterpret)_cast\s*</,
    /\boperator\s*(?:[=+\-*<>!&|[]|\(\))/,
  ].map(({ source }) => source).join("|"),
  "m",
);

/** In these nothing counts, which C may say of C++ too. */
const COMMENT_OR_STRING = /\/\*[^]*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"/g;

/** Whether a text that its name says to be C is C++. */
export function speaksCpp(text: string): boolean {
  return CPP.test(text) && CPP.test(text.replace(COMMENT_OR_STRING, " "));
}
