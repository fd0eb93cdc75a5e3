/**
 * UTF-16 unit → script class, for folded text.
 *
 * Ranges are written out instead of asking the engine's Unicode tables, so that the same text
 * is cut into the same runs by every engine; only letters of other alphabets are asked for.
 */

/** Script classes. Gram scripts, where every character is searchable, come last. */
export const Script = {
  other: 1,
  letter: 2,
  /** ASCII 0-9; other digits are letters. */
  digit: 3,
  /** First half of a surrogate pair: look at the code point. */
  high: 4,
  han: 5,
  /** A Han character that Chinese numbers are written with. */
  numeral: 6,
  /** Kana, bopomofo and hangul. */
  syllable: 7,
} as const
export type Script = (typeof Script)[keyof typeof Script]

// Inside of regular-expression classes (flag `u`). Planes 2 and 3 are for ideographs only.
/** Han characters and the signs that stand for them: 々 〇 〡. */
export const hanPattern =
  '\\u2e80-\\u2fdf々-〇〡-〩〸-〻㐀-\\u4dbf一-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}'
// The astral range holds historic kana, and with them Tangut and Nushu.
const syllable =
  'ぁ-ゖ\\u3099\\u309aゝ-ゟァ-ヺー-ㄯㄱ-ㆎㆠ-ㆿㇰ-ㇿ\\u1100-\\u11ff\\ua960-\\ua97c가-\\ud7fb\\u{16fe0}-\\u{1b2ff}'
const letter = '\\p{L}\\p{M}\\p{N}'

/** Pattern (flag `u`) of a letter or digit outside the gram scripts. */
export const wordPattern = `(?![${hanPattern}${syllable}])[${letter}]`

/** The first class that has a character is its script. */
const scripts = /* @__PURE__ */ [
  ['0-9', Script.digit] as const,
  ['\\ud800-\\udbff', Script.high] as const,
  ['零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟', Script.numeral] as const,
  [hanPattern, Script.han] as const,
  [syllable, Script.syllable] as const,
  [letter, Script.letter] as const,
].map(([set, script]) => ({ pattern: new RegExp(`[${set}]`, 'u'), script }))

/** Lazily filled; 0 means not yet asked. */
const classes = /* @__PURE__ */ new Uint8Array(0x10000)

function classify(char: string): Script {
  return scripts.find(({ pattern }) => pattern.test(char))?.script ?? Script.other
}

/** The class of one UTF-16 unit; `Script.high` for the first half of a pair. */
export function scriptOf(unit: number): Script {
  // biome-ignore lint/suspicious/noAssignInExpressions: the hottest loop of the scanner
  return (classes[unit] || (classes[unit] = classify(String.fromCharCode(unit)))) as Script
}

/** The class of the character that starts at `units[at]`; a lone surrogate is `other`. */
export function scriptAt(units: Uint16Array, at: number, end: number): Script {
  const script = scriptOf(units[at]!)
  if (script !== Script.high) return script
  const low = at + 1 < end ? units[at + 1]! : 0
  if ((low & 0xfc00) !== 0xdc00) return Script.other
  return classify(String.fromCharCode(units[at]!, low))
}

/** Whether a class is searched by single characters and pairs. */
export function isGram(script: Script): boolean {
  return script >= Script.han
}
