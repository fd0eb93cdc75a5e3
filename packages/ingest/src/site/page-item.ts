/** A page's bytes → what the site's reader gives for it. The same in every thread. */
import { notText } from '../format.js'
import type { Problem } from '../types.js'
import { pageText } from './page-encoding.js'
import { type PagePlace, pageFiles } from './page-file.js'
import type { PageRules } from './page-rules.js'
import { readPage } from './read-page.js'
import type { SiteItem } from './types.js'

/** What is no text shows in its first bytes. */
const sampleBytes = 4096

/** How all pages of a site are read. */
export interface PageContext {
  readonly rules: PageRules
  /** Of all pages; null: found out for each. */
  readonly encoding: string | null
  /** Whether pages have to mark their content. */
  readonly onlyMarked: boolean
  /** Largest page, in bytes. */
  readonly limit: number
}

/** The item of every page, in order: the page, why it is left out, or what is wrong with it. */
export async function* pageItems(
  places: readonly PagePlace[],
  context: PageContext,
): AsyncGenerator<SiteItem> {
  for await (const file of pageFiles(places, context.limit)) {
    yield file.bytes ? pageItem(file.place, file.bytes, context) : { problem: file.problem }
  }
}

function pageItem(
  { path, id }: PagePlace,
  bytes: Buffer,
  { rules, encoding: wanted, onlyMarked }: PageContext,
): SiteItem {
  const { text, encoding, badOffset } = pageText(bytes, wanted)
  const other = notText(bytes.subarray(0, sampleBytes), encoding.startsWith('utf-16'))
  if (other) {
    return { problem: { path, code: other.code, message: `${path}: ${other.kind}; not read` } }
  }
  const read = readPage(text.replace(/^\ufeff/, ''), id, rules, onlyMarked)
  if (read.leftOut !== undefined) return { leftOut: { path: id, reason: read.leftOut } }
  const { document, language, filters } = read
  const weighted = document.paragraphs.filter(({ weight }) => weight !== undefined).length
  const page = {
    path: id,
    encoding,
    bytes: bytes.length,
    ...(language !== undefined && { language }),
    filters,
    weighted,
  }
  return { document, page, ...(badOffset >= 0 && { problem: badBytes(path, encoding, badOffset) }) }
}

function badBytes(path: string, encoding: string, offset: number): Problem {
  const message = `${path}: not valid ${encoding} at byte ${offset}; read with � in its place`
  return { path, code: 'encoding', message, offset, guess: encoding }
}
