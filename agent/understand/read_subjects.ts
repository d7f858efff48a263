import type { Subject } from "./wish.ts";

const NOUN =
  "(?:code|files?|functions?|class|script|snippet|module|method|program|implementation|result|version|output|source(?: code| file)?|piece of code|endpoint|solution|example)";
const ABOUT = new RegExp(
  `^(?:all )?(?:of )?(?:(?:the|my|our|your|this|that|these|those) )?(?:${NOUN} )?(?:(?:in|at|from|of|inside) )?(?:the )?(?:files? |module |script )?`,
  "i",
);
const CODE = new RegExp(
  `^(?:this|it|that|them|these|those|(?:this|that|the|my|our|your|these|those) (?:(?:last|new|above|generated|previous|same|following|whole|python|attached|formatted|resulting|final|first) )?${NOUN}|the above|the following|what you (?:wrote|have written|generated)|(?:it|this) all|all of (?:it|this))(?: (?:above|below|here|i pasted|you wrote|you just wrote|again))?$`,
  "i",
);
const TESTS =
  /^(?:the|these|those|your|my|its) (?:new |generated |last |unit )*tests?(?: file| code| cases| suite)?$/i;
const REVIEW = /^(?:the|that|this|your) (?:last |code )*review$/i;

/** A name of a file within quotation marks, where it may hold blanks. */
const QUOTED = /(?<=^|[\s@])(["'`])([^"'`\n]{1,300})\1(?=$|[\s,.;:!?)])/g;
/** Stands for a quoted name while the text is split. */
const MARK = /^@?\ue000(\d+)$/;

/**
 * What a verb's object names: `it`, `src/app.py`, `a.py and "my file.py"`. Nothing at all is `it`.
 *
 * @returns undefined when it is something else
 */
export function readSubjects(object: string): Subject[] | undefined {
  const text = object.replaceAll("\ue000", "").trim();
  if (text === "") return [{ of: "code" }];
  const quoted: string[] = [];
  const plain = text.replace(QUOTED, (_, _mark, name) => `\ue000${quoted.push(name) - 1}`);
  const parts = plain.split(/, and |, | and | & /i);
  if (parts.length > 8) return undefined;
  const subjects = parts.map((part) => readSubject(part.trim(), quoted));
  return subjects.every((one) => one !== undefined) ? subjects : undefined;
}

function readSubject(text: string, quoted: string[]): Subject | undefined {
  if (CODE.test(text)) return { of: "code" };
  if (TESTS.test(text)) return { of: "tests" };
  if (REVIEW.test(text)) return { of: "review" };
  const word = text.replace(ABOUT, "") || text;
  const mark = MARK.exec(word);
  if (mark) return { path: quoted[Number(mark[1])]!.trim() };
  const path = /\s/.test(word) ? undefined : readPath(word);
  return path === undefined ? undefined : { path };
}

/** Endings of versions and abbreviations, not of files. */
const NO_ENDING = /^(?:\d+|g|e|com|org|net|io|0)$/i;

/** The path that a word names, `@` and quotation marks taken off; undefined when it names none. */
export function readPath(word: string): string | undefined {
  const isMarked = word.startsWith("@") && word.length > 1;
  const bare = word.replace(/^@/, "").replace(/^["'`](.*)["'`]$/, "$1").replace(/[,;:!?]+$/, "");
  if (bare === "" || bare.length > 300 || bare.includes("://") && !isMarked) return undefined;
  if (isMarked) return bare;
  if (/[(){}<>=*|$]/.test(bare)) return undefined;
  const ending = /[^./\\]\.([A-Za-z][A-Za-z0-9]{0,7})$/.exec(bare)?.[1];
  if (ending && !NO_ENDING.test(ending) && !/^(?:e\.g|i\.e|node\.js)$/i.test(bare)) return bare;
  return /^(?:\.{1,2}\/|~\/|\/)?[\w.@+-]+(?:\/[\w.@+-]+)+$/.test(bare) &&
      !/^\d+\/\d+$/.test(bare) &&
      /\.|^\.|^\/|^src\/|^tests?\/|^lib\//.test(bare)
    ? bare
    : undefined;
}

/** All paths that a text names, in order, each once. At most 20. */
export function findPaths(text: string): string[] {
  const quoted = Array.from(text.matchAll(QUOTED), ([, , name]) => name!)
    .filter((name) =>
      readPath(`@${name}`) && /[./]/.test(name) && readPath(name.replaceAll(" ", "_"))
    );
  const words = text.replace(QUOTED, " ").split(/\s+/).slice(0, 1_000)
    .map((word) => readPath(word.replace(/^[("'`[]+|[)"'`\],.;:!?]+$/g, "")));
  return [...new Set([...quoted, ...words.filter((path) => path !== undefined)])].slice(0, 20);
}
