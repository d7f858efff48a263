/** About how the person is spoken to, not about code. */
const ABOUT_TALK =
  /\b(?:answer|answers|reply|replies|respond|explain|explanations?|speak|talk|tell me|language of|german|english|french|spanish|italian|short|brief|concise|verbose|detailed|polite|emojis?|call me|my name|bullet points?|summar\w*)\b/i;
const LANGUAGES = [
  ...["python", "javascript", "typescript", "golang", "rust", "java", "kotlin", "ruby", "php"],
  ...["swift", "bash", "sql", "html", "css", "c++", "c#"],
];
const SMALL_WORDS = new Set(
  "a an and are as at be by do for from i in is it me my not of on or our should that the this to use want we will with you your always never prefer please"
    .split(" "),
);

/**
 * The preferences that matter for what is done next.
 *
 * @param about `code`: code is written or changed; `talk`: an answer is written
 * @param text what is wanted, and in which language
 */
export function relevantPreferences(
  preferences: string[],
  about: "code" | "talk",
  text: string,
): string[] {
  const wanted = wordsOf(text);
  const languages = LANGUAGES.filter((language) => wanted.has(language));
  return preferences.filter((preference) => {
    const isTalk = ABOUT_TALK.test(preference);
    if (about === "talk") return isTalk || sharesWord(preference, wanted);
    return !isTalk && fitsLanguage(preference, languages);
  });
}

/** One for another language does not matter; one for none matters for all. */
function fitsLanguage(preference: string, languages: string[]): boolean {
  const words = wordsOf(preference);
  const named = LANGUAGES.filter((language) => words.has(language));
  return named.length === 0 || languages.length === 0 ||
    named.some((language) => languages.includes(language));
}

function sharesWord(preference: string, wanted: Set<string>): boolean {
  return [...wordsOf(preference)].some((word) => !SMALL_WORDS.has(word) && wanted.has(word));
}

/** In lower case, plurals without their end; `c++` is one. */
function wordsOf(text: string): Set<string> {
  const words = text.slice(0, 4_000).toLowerCase().match(/[\p{L}\p{N}_]+[+#]*/gu) ?? [];
  return new Set(words.map((word) => word.length > 3 ? word.replace(/s$/, "") : word));
}
