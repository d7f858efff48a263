/** A language as users name it: `go`, `C++`, `Objective-C`, `Visual Basic .NET`. */
export const LANGUAGE_NAME = /^[\p{L}\p{N}][\p{L}\p{N} .+#_-]{0,39}$/u;
