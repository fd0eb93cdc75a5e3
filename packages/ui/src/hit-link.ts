/**
 * Where a hit leads: the page, the section's anchor, and a text fragment that scrolls to the
 * marked words. A browser that finds the fragment's text nowhere falls back to the anchor.
 */

import type { Hit } from '@wenxun/core'

/** What may stand before or after a piece of text that is quoted whole. */
const SENTENCE_BREAK = /[。！？!?；;…\n]/
const CLAUSE_BREAK = /[。！？!?；;…\n，,、：:]/

/** Longest text of a fragment, in UTF-16 units: addresses stay below about a kilobyte. */
const MOST_TEXT = 100
/** Shorter text is likely to stand elsewhere on the page, too. */
const LEAST_TEXT = 12

/** Schemes that never run what they are given. */
const PAGES = /^(https?|file):$/
const NEVER = /^(javascript|data|blob|vbscript|about|filesystem):$/
/** Relative addresses are checked against this when no base is given; it is never shown. */
const NOWHERE = 'https://nowhere.invalid/'

export type LinkedHit = Pick<Hit, 'document' | 'anchor' | 'text' | 'highlights' | 'snippetStart'>

/**
 * The address of a hit's paragraph, or null where its document has none that is safe to follow.
 *
 * @param base address that relative ones are resolved against; without it they stay relative
 */
export function hitLink(hit: LinkedHit, base?: string): string | null {
  const page = hit.document.url === null ? null : safeUrl(hit.document.url, base)
  if (page === null) return null
  const [address = '', ...fragment] = page.split('#')
  const anchor = hit.anchor === null ? fragment.join('#') : encode(hit.anchor)
  // The first mark that the snippet shows.
  const mark = hit.highlights.find(([start]) => start >= hit.snippetStart) ?? [0]
  const text = fragmentText(hit.text, mark[0])
  const directive = text === '' ? '' : `:~:text=${encode(text).replaceAll('-', '%2D')}`
  return anchor + directive === '' ? address : `${address}#${anchor}${directive}`
}

/** The address as given, resolved if there is a base; null if following it could run a script. */
export function safeUrl(url: string, base?: string): string | null {
  try {
    const against = new URL(base ?? NOWHERE)
    const { href, protocol } = new URL(url, against)
    // Pages inside an app may have a scheme of their own, `app:` or `capacitor:`.
    const isPage = PAGES.test(protocol) || (protocol === against.protocol && !NEVER.test(protocol))
    if (!isPage) return null
    return base === undefined ? url.trim() : href
  } catch {
    return null
  }
}

/**
 * The words of a paragraph that a text fragment names: the sentence of a mark, or a clause where
 * that is too long. Cut at punctuation only, because browsers match a fragment from word to word,
 * and nobody but them knows where their words end. Empty where there is no such piece.
 *
 * @param mark UTF-16 offset in the text
 */
export function fragmentText(text: string, mark: number): string {
  const sentence = pieceAround(text, mark, SENTENCE_BREAK)
  if (sentence !== null) return text.slice(...sentence).trim()
  let clause = pieceAround(text, mark, CLAUSE_BREAK)
  while (clause !== null && clause[1] - clause[0] < LEAST_TEXT && clause[1] < text.length) {
    const next = pieceAround(text, clause[1] + 1, CLAUSE_BREAK)
    if (next === null || next[1] - clause[0] > MOST_TEXT) break
    clause = [clause[0], next[1]]
  }
  return clause === null ? '' : text.slice(...clause).trim()
}

/** From break to break around a place; null where that is too long. */
function pieceAround(text: string, place: number, breaks: RegExp): [number, number] | null {
  let start = place
  while (start > 0 && !breaks.test(text[start - 1]!)) {
    if (place - --start > MOST_TEXT) return null
  }
  let end = place
  while (end < text.length && !breaks.test(text[end]!)) {
    if (++end - start > MOST_TEXT) return null
  }
  return [start, end]
}

/** Percent-encodes; a half of a surrogate pair, which has no encoding, becomes U+FFFD. */
function encode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'))
}
