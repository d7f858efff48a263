/** Lock files, and what was made small for browsers. */
const NAMES = /(?:[.-]lock|(?:^|[/\\])npm-shrinkwrap)(?:\.[a-z]+)?$|\.min\.(?:js|mjs|cjs|css)$/i;

/** Whether a file's name says that a program writes it: nobody mends what is found in it. */
export function hasGeneratedName(path: string): boolean {
  return NAMES.test(path);
}

/** As many lines as rustfmt looks at. */
const FIRST_LINES = 5;
/** The mark that many generators agree on, and Go's own. */
const MARK = /@generated\b|^\/\/ Code generated .* DO NOT EDIT\.\r?$/m;

/** Whether one of a file's first lines says that a program wrote it. */
export function saysGenerated(start: Uint8Array): boolean {
  const text = latin1.decode(start);
  return MARK.test(text) && MARK.test(text.split("\n", FIRST_LINES).join("\n"));
}

const latin1 = new TextDecoder("latin1");
