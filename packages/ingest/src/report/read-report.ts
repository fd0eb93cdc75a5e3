/**
 * Reads one Chinese official report: page furniture out, metadata into fields, broken
 * paragraphs together, headings into paths. Works by rule on the text alone.
 *
 * lines → noise and metadata out → mended → joined → title → headings → paragraphs
 */
import type { MetaValue } from '@wenxun/core'
import { dateAlone, dateIn, yearIn } from './dates.js'
import { foldForRules } from './fold.js'
import { splitInlineItems } from './inline-items.js'
import { issuerOf } from './issuer.js'
import { joinBrokenLines } from './joins.js'
import { type Line, splitLines, withText } from './lines.js'
import { type MetaTarget, metadataPairs, metaValue } from './metadata.js'
import { noiseReason } from './noise.js'
import { numberingOf } from './numbering.js'
import { findRegion } from './region.js'
import { LineMender } from './repairs.js'
import { isClosing } from './section-names.js'
import { structure } from './structure.js'
import { deriveTitle, findTitle, isDocumentNumber, isOrganisation, titleText } from './title.js'
import type { RemovalReason, RemovedLine, Repair, Report } from './types.js'

type Found = Partial<Record<MetaTarget, string | string[]>>

const proseMark = /[。;]/
const shortestProse = 4
const longestClosing = 8
const introduction = 6

const isProse = (line: Line) =>
  numberingOf(line.folded) !== null ||
  (proseMark.test(line.folded) &&
    line.text.length >= shortestProse &&
    metadataPairs(line).length === 0)

/** Lines before the text proper, and lines after it. */
function zones(lines: readonly Line[]): { head: number; tail: number } {
  const first = lines.findIndex(isProse)
  if (first < 0) return { head: lines.length, tail: lines.length }
  return { head: first, tail: lines.findLastIndex(isProse) + 1 }
}

interface Sifted {
  readonly kept: Line[]
  /** How many of `kept` stand before the text proper. */
  readonly head: number
  readonly removed: RemovedLine[]
  readonly found: Found
}

function sift(lines: readonly Line[]): Sifted {
  const { head, tail } = zones(lines)
  const kept: Line[] = []
  const removed: RemovedLine[] = []
  const found: Found = {}
  let keptHead = 0
  let pageEnded = false
  let waiting: MetaTarget | null = null
  const remove = (line: Line, reason: RemovalReason) =>
    removed.push({ line: line.number, text: line.text, reason })

  lines.forEach((line, i) => {
    const noise = noiseReason(line, zoneOf(i, head, tail))
    if (noise === 'page number') pageEnded = true
    if (noise !== null) remove(line, noise)
    else if (i < head && waiting !== null && isValueFor(waiting, line)) {
      note(found, waiting, line.text)
      remove(line, 'metadata')
      waiting = null
    } else if (i < head && takeMetadata(line, found)) {
      remove(line, 'metadata')
      waiting = emptyLabel(line)
    } else {
      waiting = null
      kept.push(pageEnded ? { ...line, startsPage: true } : line)
      pageEnded = false
      if (i < head) keptHead++
    }
  })
  return { kept, head: keptHead, removed, found }
}

function zoneOf(i: number, head: number, tail: number): 'head' | 'body' | 'tail' {
  if (i < head) return 'head'
  return i < tail ? 'body' : 'tail'
}

function note(found: Found, target: MetaTarget, value: string): void {
  const parsed = metaValue(target, value)
  if (parsed !== null) found[target] ??= parsed
}

/** Where the value of a label that ends its line goes: the next line may hold it. */
function emptyLabel(line: Line): MetaTarget | null {
  const last = metadataPairs(line).at(-1)
  return last?.value === '' ? last.target : null
}

const longestValue = 60
// A title stands below its label's line anyway, and is found by its own form.
const valueForms: Readonly<Partial<Record<MetaTarget, (line: Line) => boolean>>> = {
  created: ({ folded }) => dateIn(folded) !== null,
  published: ({ folded }) => dateIn(folded) !== null,
  number: ({ folded }) => isDocumentNumber(folded),
  issuer: ({ folded }) => isOrganisation(folded),
  indexNumber: ({ folded }) => /^[\w\-/.()]{4,}$/.test(folded),
  category: ({ folded }) => /^\p{Script=Han}{1,6}$/u.test(folded),
  signer: ({ folded }) => /^\p{Script=Han}{2,4}$/u.test(folded),
  keywords: ({ folded }) => /^\p{Script=Han}{2,10}(?:[,、; ]\p{Script=Han}{2,10})+$/u.test(folded),
}

/** Whether a line is the value of the label on the line before, and not what the page goes on with. */
function isValueFor(target: MetaTarget, line: Line): boolean {
  if (line.text.length > longestValue || metadataPairs(line).length > 0) return false
  return valueForms[target]?.(line) ?? false
}

/** Notes the line's values; true when the line is page metadata and not part of the document. */
function takeMetadata(line: Line, found: Found): boolean {
  const pairs = metadataPairs(line)
  if (pairs.length === 0) return false
  for (const { target, value } of pairs) note(found, target, value)
  const [only] = pairs
  // 签发人 belongs to the letterhead; 时间: without a date is a sentence, not a field.
  const ownText = pairs.length === 1 && only!.target === 'signer'
  const unread =
    pairs.length === 1 && /^(?:created|published)$/.test(only!.target) && only!.value !== ''
  return !ownText && !(unread && found[only!.target] === undefined)
}

/**
 * The lines that sign the document, by index: those at its end; and issuer and date before an
 * attachment, where the document proper ends.
 */
function closingLines(lines: readonly Line[], head: number): ReadonlySet<number> {
  const closing = new Set<number>()
  const takeUp = (from: number, test: (line: Line) => boolean) => {
    let i = from
    while (i >= 0 && from - i < longestClosing && test(lines[i]!)) closing.add(i--)
  }
  takeUp(lines.length - 1, closes)
  for (let i = head + 1; i < lines.length; i++) {
    const isSigned = dateAlone(lines[i]!.folded) !== null && isOrganisation(lines[i - 1]!.folded)
    if (isSigned) takeUp(i, closes)
  }
  return closing
}

const closes = ({ folded }: Line) =>
  dateAlone(folded) !== null || isOrganisation(folded) || isClosing(folded)

/** One line for the title, and its repeats taken out. */
function gatherTitle(lines: Line[], head: number, removed: RemovedLine[], repairs: Repair[]) {
  const span = findTitle(lines, head)
  if (!span) return { title: '', lines, head }
  const title = titleText(lines, span)
  const first = lines[span.start]!
  if (span.end - span.start > 1) {
    const before = lines.slice(span.start, span.end).map((line) => line.text)
    repairs.push({ line: first.number, kind: 'title', before: before.join('\n'), after: title })
  }
  const same = title.replace(/\s/g, '')
  const rest = lines.slice(span.end).filter((line, i) => {
    const repeats = span.end + i < head && line.text.replace(/\s/g, '') === same
    if (repeats) removed.push({ line: line.number, text: line.text, reason: 'repeated title' })
    return !repeats
  })
  const all = [...lines.slice(0, span.start), withText(first, title), ...rest]
  return { title, lines: all, head: head - (lines.length - all.length) }
}

/** Reads a report. Never throws; a text without any of a report's marks gives its lines back. */
export function readReport(text: string): Report {
  const source = splitLines(text)
  const { kept, head: keptHead, removed, found } = sift(source)
  const mender = new LineMender(text)
  const mended = kept.map((line, i) => mender.mend(line, i >= keptHead))
  const headLines = mended.slice(0, keptHead)
  const repairs = mender.repairs
  const joined = joinBrokenLines(mended.slice(keptHead), repairs)
  const body = splitInlineItems(joined, repairs)
  const {
    title: ownTitle,
    lines,
    head,
  } = gatherTitle([...headLines, ...body], keptHead, removed, repairs)
  const opening = lines.slice(head, head + introduction)
  const derived = deriveTitle(opening)
  const title = ownTitle || (typeof found.title === 'string' ? found.title : derived) || ''
  const closing = closingLines(lines, head)
  const meta = collectMeta(headLines, lines, closing, title, opening, found)
  const date = dateOf(meta, headLines)
  removed.sort((a, b) => a.line - b.line)
  repairs.sort((a, b) => a.line - b.line)
  return {
    title,
    titleSource: sourceOfTitle(ownTitle, found, derived),
    ...(date === undefined ? {} : { date }),
    meta,
    paragraphs: structure(lines, closing),
    removed,
    repairs,
  }
}

function sourceOfTitle(own: string, found: Found, derived: string | null): Report['titleSource'] {
  if (own !== '') return 'line'
  if (found.title !== undefined) return 'metadata'
  return derived === null ? 'none' : 'derived'
}

function collectMeta(
  headLines: readonly Line[],
  lines: readonly Line[],
  closing: ReadonlySet<number>,
  title: string,
  opening: readonly Line[],
  found: Found,
): Record<string, MetaValue> {
  const all = lines.map((line) => line.folded).join('\n')
  const signature = lines.filter((_, i) => closing.has(i))
  const issuer = issuerOf(found.issuer, headLines, title, signature)
  const place = findRegion(
    issuer.placeSources.concat(foldForRules(title), opening[0]?.folded ?? ''),
    all,
  )
  const number = found.number ?? headLines.find((line) => isDocumentNumber(line.folded))?.text
  const year = yearIn(foldForRules(title)) ?? yearIn(opening.map((line) => line.folded).join('\n'))
  const signed = signature.map((line) => dateAlone(line.folded)).find((date) => date !== null)
  const name = issuer.name(place.region)
  const fields: Record<string, MetaValue | undefined> = {
    issuer: name,
    number,
    indexNumber: found.indexNumber,
    category: found.category,
    signer: found.signer,
    keywords: found.keywords,
    region: place.region,
    city: place.city,
    year: year ?? undefined,
    created: found.created ?? signed,
    published: found.published,
  }
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, MetaValue] => entry[1] !== undefined),
  )
}

/** Published, else signed, else named in the head (the day of a session), else the report year. */
function dateOf(meta: Record<string, MetaValue>, headLines: readonly Line[]): string | undefined {
  const named = headLines.map((line) => dateIn(line.folded)).find((found) => found !== null)
  const date = meta['published'] ?? meta['created'] ?? named ?? meta['year']
  return date === undefined ? undefined : String(date)
}
