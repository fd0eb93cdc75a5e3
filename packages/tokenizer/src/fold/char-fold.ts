/**
 * Folds that a rule can compute: width and compatibility forms, case, diacritics,
 * punctuation families. Character by character; the table of Han variants comes after.
 */

const plainScript = '\\p{Script=Latin}\\p{Script=Greek}\\p{Script=Cyrillic}'

/** Letters whose marks are dropped: é is e, ё is е. */
const plain = new RegExp(`[${plainScript}]`, 'u')

/** Letters whose marks carry meaning (か and が, Thai, Devanagari) and stay. */
const marked = new RegExp(`(?=\\p{L})[^${plainScript}\\p{Script=Han}]`, 'u')

const mark = /\p{M}/u

/** A kana mark on something that is no kana. */
const strayVoicing = /[^ぁ-ー][\u3099\u309a]$/

/** Drawn as nothing: joiners, selectors, soft hyphen, bidi controls, BOM; and emoji skin tones. */
export const invisible = /[\p{DI}\p{Cf}\p{EMod}]/u

/** Belongs to the character before it: a grapheme is never split before one of these. */
export const extender =
  /[\p{M}\u0e33\u0eb3\u1160-\u11ff\u200c-\u200d\ud7b0-\ud7fb\uff9e\uff9f\p{EMod}\u{e0020}-\u{e007f}]/u

/** Belongs to the character after it (Arabic number signs, the dot reph and their like). */
export const prefix =
  /[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\u{110bd}\u{110cd}\u{111c2}\u{111c3}\u{113d1}\u{1193f}\u{11941}\u{11a3a}\u{11a84}-\u{11a89}\u{11d46}\u{11f02}]/u

/**
 * Left alone although NFKC would rewrite them: ellipses, vulgar fractions (3½ is not 31/2),
 * Hangul compatibility letters, spacing voiced marks, signs that may be part of an emoji (™).
 */
const kept =
  /[\u2025\u2026\u00bc-\u00be\u2150-\u215f\u2189\u309b\u309c\u3131-\u318e\uffa1-\uffdc℠\p{ExtPict}]/u

const space = /[\s\p{Cc}\p{Z}]/u

/** Families: the first character stands for all that follow it. */
const families = [
  '(〔【〖〘〚[',
  ')〕】〗〙〛]',
  '"“”„‟«»「」『』〝〞〟',
  "'‘’‚‛`ʼ",
  '《〈',
  '》〉',
  '-‐‑‒–—―−',
  '~〜',
  '·・‧•∙⋅',
  'oø',
  'dđð',
  'lł',
  'hħ',
  'tŧ',
  'iı',
  'σς',
  '零〇',
]
const familyOf = /* @__PURE__ */ new Map(
  /* @__PURE__ */ [
    ...families.flatMap((family) => [...family].map((char) => [char, family[0]!] as const)),
    ['ß', 'ss'] as const,
    ['æ', 'ae'] as const,
    ['œ', 'oe'] as const,
  ],
)

function foldOnce(text: string): string {
  let folded = ''
  let isMarked = false
  // ①② are (1)(2), not 12.
  const plainer = text.replace(/[①-⑳]/g, '($&)').normalize('NFKC').toLowerCase()
  for (const char of plainer) {
    if (invisible.test(char)) continue
    if (space.test(char)) folded += ' '
    else if (mark.test(char)) folded += isMarked && !strayVoicing.test(folded + char) ? char : ''
    else {
      folded += familyOf.get(char) ?? (plain.test(char) ? withoutMarks(char) : char)
      isMarked = marked.test(char)
    }
  }
  return folded
}

function withoutMarks(char: string): string {
  return char.normalize('NFD').replace(/\p{M}+/gu, '')
}

/**
 * Folds one character, or one character with its marks, by rule alone.
 * May be empty, or longer than what it was given; folding the result again changes nothing.
 */
export function foldByRule(cluster: string): string {
  if (kept.test(cluster)) return cluster
  let folded = cluster
  for (let next = foldOnce(folded); next !== folded; next = foldOnce(folded)) folded = next
  return folded
}

/** Whether marks after this character are part of it, so that both must be folded as one. */
export function keepsMarks(char: string): boolean {
  return marked.test(char)
}
