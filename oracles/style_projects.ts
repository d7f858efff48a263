/** Projects of C and shell whose style several files say: what the native programs make of them is compared. */

const C = "int  f(char *a){if(a){b();}else{c();}}\n";
const SHELL = "case $x in\na) if x; then\ny >z\nfi;;\nesac\nf() {\nx &&\ny\n}\n";

/** By name: its files, by path. */
export const STYLE_PROJECTS: Record<string, Record<string, string>> = {
  "a style based on the one further up": {
    ".clang-format": "BasedOnStyle: Google\nIndentWidth: 6\nBreakBeforeBraces: Custom\n" +
      "BraceWrapping:\n  AfterFunction: true\n  BeforeElse: true\n",
    "s/.clang-format":
      "BasedOnStyle: InheritParentConfig\nBraceWrapping:\n  AfterFunction: false\n",
    "s/t/_clang-format": "BasedOnStyle: inheritparentconfig\nIndentWidth: 3\n",
    "a.cc": C,
    "s/a.cc": C,
    "s/t/a.h": C,
    "s/t/a.c": C,
  },
  "one that turns formatting off": {
    ".clang-format": "BasedOnStyle: Mozilla\n",
    "s/.clang-format": "DisableFormat: true\nSortIncludes: Never\n",
    "a.c": `// clang-format off\n${C}// clang-format on\n${C}`,
    "s/a.c": C,
  },
  "files that are left out": {
    ".clang-format-ignore": "# why\nlib/*.c\n**/gen/*.c\n!**/gen/keep.c\n/a.c\n",
    "a.c": C,
    "lib/a.c": C,
    "lib/b.h": C,
    "lib/deep/a.c": C,
    "x/gen/a.c": C,
    "x/gen/keep.c": C,
    "near/.clang-format-ignore": "b.c\n",
    "near/gen/a.c": C,
    "near/b.c": C,
  },
  ".editorconfig in several folders": {
    ".editorconfig":
      "root=true\n[*.sh]\nindent_style=space\nindent_size=3\nspace_redirects=true\n[s/*]\nindent_size=1\n",
    "s/.editorconfig":
      "[*.sh]\nindent_size=5\nbinary_next_line=true\n[[shell]]\nswitch_case_indent=true\n",
    "s/t/.editorconfig": "[*.sh]\nspace_redirects=unset\nindent_style=unset\n",
    "s/u/.editorconfig": "root = true\n[*]\nfunction_next_line = true\n",
    "a.sh": SHELL,
    "s/a.sh": SHELL,
    "s/t/a.sh": SHELL,
    "s/u/a.bash": SHELL,
  },
};
