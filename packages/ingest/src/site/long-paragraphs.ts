/**
 * Cuts texts of no reasonable length at the ends of lines and sentences. A visitor's browser loads
 * texts in blocks, and a page may be a single line of a megabyte.
 */

/** Longest paragraph of a page, in UTF-16 units. A longer one becomes several. */
export const longestParagraph = 4000
/** A cut is looked for from here on. */
const shortest = longestParagraph / 2

// From the best place to the worst. A mark and what closes it stay with the text before.
const places = [/\n/g, /[。！？!?…][”’」』）)]*|\.(?= )/g, /[；;：:，,、]|(?<= )/g] as const

/** The text in pieces; one piece, the text itself, when it is short enough. */
export function cutLong(text: string): string[] {
  const pieces: string[] = []
  let start = 0
  while (text.length - start > longestParagraph) {
    const end = start + cutWithin(text.slice(start, start + longestParagraph))
    pieces.push(text.slice(start, end))
    start = end
  }
  pieces.push(text.slice(start))
  if (pieces.length === 1) return pieces
  return pieces.map((piece) => piece.trim()).filter((piece) => piece !== '')
}

/** Where to cut a stretch of the longest length: after the last of the best places in it. */
function cutWithin(stretch: string): number {
  for (const place of places) {
    const ends = [...stretch.slice(shortest).matchAll(place)]
    const last = ends.at(-1)
    if (last) return shortest + last.index + last[0].length
  }
  // Never between the halves of a character.
  return /[\ud800-\udbff]$/.test(stretch) ? stretch.length - 1 : stretch.length
}
