/**
 * Word documents (.docx): mammoth turns them into HTML, which is read like a page. The file is
 * unpacked here first, so that its size is bounded and its list numbers become text.
 */
import { strToU8, zipSync } from 'fflate'
import { convertToHtml, images } from 'mammoth'
import { parseFragment } from 'parse5'
import { Archive } from '../archive.js'
import { ArchiveError } from '../archive-error.js'
import { problemItem, problemOfFailure } from '../problem.js'
import { isSectionHeading } from '../report/section-names.js'
import type { BytesReader, ReaderContext, ReadItem } from '../types.js'
import { type WordParts, withNumbers } from './docx-numbers.js'
import { structuredOf } from './html.js'
import { blocksOf } from './html-blocks.js'
import { type StructuredText, structuredItem } from './structured.js'

const defaultFileBytes = 256 * 1024 * 1024
const main = 'word/document.xml'
const deepestXml = 1000
const longestTag = 16 * 1024
// Only these say anything about text; pictures and fonts are left packed.
const textParts = /^(?:\[Content_Types\]\.xml|_rels\/.*|word\/[^/]*\.xml|word\/_rels\/.*)$/
// A title stands above all headings; Word's first heading level often is 一、.
const headingStyles = [
  "p[style-name='Title'] => h1:fresh",
  ...[1, 2, 3, 4].map((n) => `p[style-name='heading ${n}'] => h${n + 1}:fresh`),
  ...[5, 6, 7, 8, 9].map((n) => `p[style-name='heading ${n}'] => h6:fresh`),
]
const noteReference = /<sup><a href="#(?:foot|end)note-[^"]*" id="[^"]*">\[\d+\]<\/a><\/sup>/g
const noteReturn = / ?<a href="#(?:foot|end)note-ref-[^"]*">↑<\/a>/g

/**
 * The XML libraries take time in the square of depth and of a tag's length: real files have
 * neither, so one that has is refused.
 */
function checkXml(name: string, xml: string): void {
  let depth = 0
  let start = 0
  for (let at = xml.indexOf('<'); at >= 0; at = xml.indexOf('<', start)) {
    start = xml.indexOf('>', at) + 1
    if (start === 0) break
    if (start - at > longestTag)
      throw new ArchiveError('too-large', `${name}: a tag of ${start - at} characters`)
    const opens = /[^/!?]/.test(xml[at + 1]!) && xml[start - 2] !== '/'
    if (opens) depth++
    else if (xml[at + 1] === '/') depth--
    if (depth > deepestXml) throw new ArchiveError('too-large', `${name}: elements ${depth} deep`)
  }
}

async function partsOf(bytes: Buffer, limit: number): Promise<Map<string, Buffer>> {
  const archive = await Archive.open(bytes)
  const parts = new Map<string, Buffer>()
  let total = 0
  try {
    for (const member of await archive.members()) {
      if (!textParts.test(member.name)) continue
      const pieces: Buffer[] = []
      for await (const piece of await member.open()) {
        total += (piece as Buffer).length
        if (total > limit) throw new ArchiveError('too-large', `more than ${limit} bytes of text`)
        pieces.push(piece as Buffer)
      }
      parts.set(member.name, Buffer.concat(pieces))
    }
  } finally {
    archive.close()
  }
  return parts
}

function numbered(parts: ReadonlyMap<string, Buffer>): Record<string, Uint8Array> {
  for (const [name, bytes] of parts) checkXml(name, bytes.toString('utf8'))
  const text = (name: string) => parts.get(name)?.toString('utf8')
  const document = text(main)
  const files = Object.fromEntries(parts) as Record<string, Uint8Array>
  if (document === undefined) return files
  const source: WordParts = {
    document,
    styles: text('word/styles.xml'),
    numbering: text('word/numbering.xml'),
  }
  return { ...files, [main]: strToU8(withNumbers(source)) }
}

async function htmlOf(bytes: Buffer, limit: number): Promise<string> {
  const packed = zipSync(numbered(await partsOf(bytes, limit)), { level: 0 })
  const options = {
    styleMap: headingStyles,
    convertImage: images.imgElement(() => Promise.resolve({ src: '' })),
  }
  const { value } = await convertToHtml({ buffer: Buffer.from(packed) }, options)
  return value.replace(noteReference, '').replace(noteReturn, '')
}

/** The title style; else the only heading of the first level, if it is no numbered section. */
function titleOf(blocks: ReturnType<typeof blocksOf>): string {
  const first = blocks.filter(({ rank }) => rank === 2)
  const only = first.length === 1 && !isSectionHeading(first[0]!.text) ? first[0] : undefined
  return blocks.find(({ rank }) => rank === 1)?.text ?? only?.text ?? ''
}

function structuredWord(html: string): StructuredText {
  const tree = parseFragment(html)
  const { title, paragraphs, headings } = structuredOf(tree, titleOf(blocksOf(tree)))
  return {
    title,
    headings: headings.filter((heading) => heading !== title),
    // Bookmarks lead nowhere from outside a Word file.
    paragraphs: paragraphs.map(({ anchor: _, ...paragraph }) => paragraph),
  }
}

async function* readWord(bytes: Buffer, context: ReaderContext): AsyncGenerator<ReadItem> {
  const { path, options } = context
  try {
    const html = await htmlOf(bytes, options.maxFileBytes ?? defaultFileBytes)
    const document = structuredWord(html)
    if (document.paragraphs.length === 0) yield problemItem(path, 'empty', 'no text in it')
    else yield structuredItem(document, 'docx', context)
  } catch (error) {
    if (error instanceof ArchiveError) yield problemOfFailure(path, error)
    else {
      const reason = error instanceof Error ? error.message.replace(/\s+/g, ' ') : String(error)
      const what = `not a Word document that can be read (${reason.slice(0, 200)})`
      yield problemItem(path, 'corrupt', what)
    }
  }
}

export const docxReader: BytesReader = { takes: 'bytes', read: readWord }
