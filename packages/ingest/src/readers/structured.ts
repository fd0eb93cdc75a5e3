/**
 * Documents whose format marks headings and blocks (HTML, Markdown, Word). Their own structure
 * is kept, unless the text is of a kind that a profile knows and the profile finds that same
 * structure in it: then the profile reads the text, noise out, broken paragraphs together.
 */
import type { SourceParagraph } from '@wenxun/core'
import { plainProfile, profileFor, reportProfile } from '../profiles.js'
import { isSectionHeading } from '../report/section-names.js'
import type { CleanedText, Format, ReaderContext, ReadItem, TextProfile } from '../types.js'
import { itemOf } from './text.js'

export interface StructuredText {
  /** Empty when the document has none. */
  readonly title: string
  readonly date?: string | undefined
  /** Under the document's own headings. */
  readonly paragraphs: readonly SourceParagraph[]
  /** Texts of the headings below the title. */
  readonly headings: readonly string[]
}

const comparedUnits = 12

/** The profile's paragraphs with the anchors of the blocks that they came from. */
function withAnchors(
  cleaned: readonly SourceParagraph[],
  own: readonly SourceParagraph[],
): SourceParagraph[] {
  if (own.every((paragraph) => paragraph.anchor === undefined)) return [...cleaned]
  let at = 0
  let anchor: string | undefined
  return cleaned.map((paragraph) => {
    const opening = paragraph.text.slice(0, comparedUnits)
    const found = own.findIndex(({ text }, i) => i >= at && text.includes(opening))
    if (found >= 0) {
      at = found
      anchor = own[found]!.anchor
    }
    return anchor === undefined ? paragraph : { ...paragraph, anchor }
  })
}

function chosenProfile(
  { headings }: StructuredText,
  lines: string,
  { options: { profile: option } }: ReaderContext,
): { profile: TextProfile; keepsStructure: boolean } {
  if (option === 'report' || typeof option === 'object') {
    return { profile: profileFor(lines, option), keepsStructure: false }
  }
  if (option === 'plain' || !reportProfile.recognises(lines)) {
    return { profile: plainProfile, keepsStructure: true }
  }
  return { profile: reportProfile, keepsStructure: !headings.every(isSectionHeading) }
}

/** The read item of a structured text. */
export function structuredItem(
  document: StructuredText,
  format: Format,
  context: ReaderContext,
): ReadItem {
  const { title, date, paragraphs } = document
  const lines = paragraphs.map(({ text }) => text).join('\n')
  const { profile, keepsStructure } = chosenProfile(document, lines, context)
  const dated = date === undefined ? {} : { date }
  if (profile === plainProfile) {
    const own = { title, ...dated, paragraphs: [...paragraphs] }
    return itemOf(own, profile.name, format, context)
  }
  const cleaned = profile.read(lines)
  const named = { ...dated, ...cleaned, title: cleaned.title || title }
  const read: CleanedText = keepsStructure
    ? { ...named, paragraphs: [...paragraphs], removed: [], repairs: [] }
    : { ...named, paragraphs: withAnchors(cleaned.paragraphs, paragraphs) }
  return itemOf(read, profile.name, format, context)
}
