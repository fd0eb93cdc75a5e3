/**
 * The pages of a built site, as documents in the order of their paths. A first look tells whether
 * any page marks its content: then those that do not are left out, as Pagefind has it.
 */
import { readFile } from 'node:fs/promises'
import picomatch from 'picomatch'
import { knownEncoding } from '../encoding.js'
import { notText } from '../format.js'
import type { InputFile } from '../input-file.js'
import { problemOfError } from '../problem.js'
import type { Problem } from '../types.js'
import { walk } from '../walk.js'
import { bodyMark } from './directives.js'
import { pageText } from './page-encoding.js'
import { type PageRules, pageRules, SiteOptionError } from './page-rules.js'
import { marksBody } from './parsed-page.js'
import { readPage } from './read-page.js'
import type { SiteItem, SiteOptions } from './types.js'

export const defaultInclude = ['**/*.{html,htm,xhtml}'] as const
export const defaultExclude = ['404.html'] as const

const defaultPageBytes = 64 * 1024 * 1024
/** What is no text shows in its first bytes. */
const sampleBytes = 4096
const readAhead = 8

interface PageFile {
  readonly file: InputFile
  readonly bytes: Buffer | null
  /** Why there are no bytes. */
  readonly problem?: Problem
}

/**
 * Reads the HTML files below a folder. What cannot be read comes as a problem in between; a page
 * with a few broken bytes is read and carries its problem.
 *
 * @throws {SiteOptionError} for a selector, pattern or encoding that cannot be used
 */
export async function* readSite(root: string, options: SiteOptions = {}): AsyncGenerator<SiteItem> {
  const rules = pageRules(options)
  const encoding = encodingOf(options)
  const { files, problems } = await walk([root], {})
  for (const problem of problems) if (problem.code !== 'empty') yield { problem }
  const pages = files.filter(wantedBy(options))
  const totalBytes = pages.reduce((sum, file) => sum + file.bytes, 0)
  const limit = options.maxPageBytes ?? defaultPageBytes
  const onlyMarked = await anyMarksBody(pages, limit, encoding)
  let bytesRead = 0
  let pagesRead = 0
  for await (const { file, bytes, problem } of filesOf(pages, limit)) {
    bytesRead += file.bytes
    if (bytes) yield pageItem(file, bytes, { rules, encoding, onlyMarked })
    if (problem) yield { problem }
    pagesRead++
    options.onProgress?.({ bytesRead, totalBytes, pagesRead, totalPages: pages.length })
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

async function opened(file: InputFile, limit: number): Promise<PageFile> {
  const { path } = file
  if (file.bytes > limit) {
    const message = `${path}: more than ${limit} bytes; not read`
    return { file, bytes: null, problem: { path, code: 'too-large', message } }
  }
  try {
    return { file, bytes: await readFile(path) }
  } catch (error) {
    return { file, bytes: null, problem: problemOfError(path, error) }
  }
}

/** The files' bytes in order, the next few being read meanwhile. */
async function* filesOf(files: readonly InputFile[], limit: number): AsyncGenerator<PageFile> {
  const ahead: Promise<PageFile>[] = []
  for (let i = 0; i < files.length; i++) {
    while (ahead.length < readAhead && i + ahead.length < files.length) {
      ahead.push(opened(files[i + ahead.length]!, limit))
    }
    yield await ahead.shift()!
  }
}

/** Bytes are looked through first: a mark in a comment is none, but where there is none is no mark. */
async function anyMarksBody(
  files: readonly InputFile[],
  limit: number,
  encoding: string | null,
): Promise<boolean> {
  for await (const { bytes } of filesOf(files, limit)) {
    if (!bytes || !bodyMark.test(bytes.toString('latin1'))) continue
    if (marksBody(pageText(bytes, encoding).text)) return true
  }
  return false
}

interface PageContext {
  readonly rules: PageRules
  readonly encoding: string | null
  readonly onlyMarked: boolean
}

function pageItem(
  { path, id }: InputFile,
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
