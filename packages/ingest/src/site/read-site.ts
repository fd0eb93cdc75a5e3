/**
 * The pages of a built site, as documents in the order of their paths. A first look tells whether
 * any page marks its content: then those that do not are left out, as Pagefind has it. The pages
 * of a large site are read in threads while the caller works on those before.
 */
import picomatch from 'picomatch'
import { knownEncoding } from '../encoding.js'
import type { InputFile } from '../input-file.js'
import { walk } from '../walk.js'
import { bodyMark } from './directives.js'
import { pageText } from './page-encoding.js'
import { type PagePlace, pageFiles } from './page-file.js'
import { pageItems } from './page-item.js'
import { pageRules, SiteOptionError } from './page-rules.js'
import { threadedItems, threadsFor } from './page-threads.js'
import { marksBody } from './parsed-page.js'
import type { SiteItem, SiteOptions } from './types.js'

export const defaultInclude = ['**/*.{html,htm,xhtml}'] as const
export const defaultExclude = ['404.html'] as const

const defaultPageBytes = 64 * 1024 * 1024

/**
 * Reads the HTML files below a folder. What cannot be read comes as a problem in between; a page
 * with a few broken bytes is read and carries its problem.
 *
 * @throws {SiteOptionError} for a selector, pattern or encoding that cannot be used
 */
export async function* readSite(root: string, options: SiteOptions = {}): AsyncGenerator<SiteItem> {
  const { onProgress, ...plain } = options
  const rules = pageRules(options)
  const encoding = encodingOf(options)
  const { files, problems } = await walk([root], {})
  for (const problem of problems) if (problem.code !== 'empty') yield { problem }
  const places = files.filter(wantedBy(options)).map(({ path, id, bytes }) => ({ path, id, bytes }))
  const totalBytes = places.reduce((sum, { bytes }) => sum + bytes, 0)
  const limit = options.maxPageBytes ?? defaultPageBytes
  const onlyMarked = await anyMarksBody(places, limit, encoding)
  const how = { encoding, onlyMarked, limit }
  const threads = options.threads ?? threadsFor(totalBytes)
  const items =
    threads > 0
      ? threadedItems(places, { ...how, options: plain }, threads)
      : pageItems(places, { ...how, rules })
  let bytesRead = 0
  let pagesRead = 0
  for await (const item of items) {
    bytesRead += places[pagesRead]!.bytes
    yield item
    pagesRead++
    onProgress?.({ bytesRead, totalBytes, pagesRead, totalPages: places.length })
  }
}

function encodingOf({ encoding }: SiteOptions): string | null {
  const known = encoding === undefined ? null : knownEncoding(encoding)
  if (encoding !== undefined && known === null) {
    throw new SiteOptionError(`there is no encoding "${encoding}"`)
  }
  return known
}

/** Tells whether a file is one of the pages that the options ask for. */
function wantedBy({ include, exclude }: SiteOptions): (file: InputFile) => boolean {
  const isIncluded = picomatch([...(include ?? defaultInclude)], { nocase: true })
  const isExcluded = picomatch([...(exclude ?? defaultExclude)], { nocase: true })
  return ({ id }) => isIncluded(id) && !isExcluded(id)
}

/** Bytes are looked through first: a mark in a comment is none, but where there is none is no mark. */
async function anyMarksBody(
  places: readonly PagePlace[],
  limit: number,
  encoding: string | null,
): Promise<boolean> {
  for await (const { bytes } of pageFiles(places, limit)) {
    if (!bytes || !bodyMark.test(bytes.toString('latin1'))) continue
    if (marksBody(pageText(bytes, encoding).text)) return true
  }
  return false
}
