/** Of the last character of `CSI … X` and `SS3 X`. */
const FINALS: Record<string, string> = {
  A: "up",
  B: "down",
  C: "right",
  D: "left",
  F: "end",
  H: "home",
  M: "enter",
  Z: "shift-tab",
};

/** Of the number in `CSI n ~`. */
const NUMBERS: Record<string, string> = {
  1: "home",
  2: "insert",
  3: "delete",
  4: "end",
  5: "page-up",
  6: "page-down",
  7: "home",
  8: "end",
};

/** Of the character codes in `CSI code u` (kitty) and `CSI 27;…;code ~` (xterm). */
const CODES: Record<number, string> = {
  9: "tab",
  13: "enter",
  27: "escape",
  32: "space",
  127: "backspace",
};

const CONTROLS: Record<string, string> = {
  "\0": "ctrl-space",
  "\b": "ctrl-h",
  "\t": "tab",
  "\n": "ctrl-j",
  "\r": "enter",
  "\x1b": "escape",
  "\x1c": "ctrl-\\",
  "\x1d": "ctrl-]",
  "\x1e": "ctrl-^",
  "\x1f": "ctrl-_",
  "\x7f": "backspace",
};

/**
 * The name of a key by what terminals send for it: `\x01` is `ctrl-a`, `\x1b[1;5D` is `ctrl-left`.
 * Undefined for what is no key.
 */
export function keyOfSequence(sequence: string): string | undefined {
  if (sequence.startsWith("\x1b\x1b")) return withModifier(keyOfSequence(sequence.slice(1)), "alt");
  if (sequence.startsWith("\x1b")) return ofEscape(sequence.slice(1));
  if (sequence.length !== 1 || sequence > "\x7f") return undefined;
  if (sequence in CONTROLS) return CONTROLS[sequence];
  const letter = String.fromCharCode(sequence.charCodeAt(0) + 0x60);
  return /[a-z]/.test(letter) && sequence < " " ? `ctrl-${letter}` : undefined;
}

function ofEscape(sequence: string): string | undefined {
  const final = sequence.at(-1)!;
  const parameters = sequence.slice(1, -1).split(";");
  if (!parameters.every((one) => /^[\d:]*$/.test(one))) return undefined;
  const [first = "", second = "", third = ""] = parameters;
  const number = Number.parseInt(first);
  if (final === "~" && number === 27) return withModifiers(ofCode(Number.parseInt(third)), second);
  if (final === "~") return withModifiers(NUMBERS[number], second);
  if (final === "u") return withModifiers(ofCode(number), second);
  if (final === "M" && !sequence.startsWith("O")) return undefined; // a mouse, not the key pad
  return Object.hasOwn(FINALS, final) ? withModifiers(FINALS[final], second) : undefined;
}

function ofCode(code: number): string | undefined {
  if (Object.hasOwn(CODES, code)) return CODES[code];
  return code > 32 && code < 127 ? String.fromCharCode(code).toLowerCase() : undefined;
}

/** Terminals send 1 + a sum: 1 shift, 2 alt, 4 control; the rest is not used here. */
function withModifiers(name: string | undefined, sent: string): string | undefined {
  const sum = Math.max(0, (Number.parseInt(sent) || 1) - 1);
  let full = name;
  if (sum & 1) full = withModifier(full, "shift");
  if (sum & 2) full = withModifier(full, "alt");
  if (sum & 4) full = withModifier(full, "ctrl");
  return full;
}

function withModifier(name: string | undefined, modifier: string): string | undefined {
  return name === undefined ? undefined : `${modifier}-${name}`;
}
