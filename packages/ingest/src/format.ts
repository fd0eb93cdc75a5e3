/** Which format a file is in: what its bytes say, then what its name says. */
import { extname } from 'node:path'
import type { Format, ProblemCode } from './types.js'

export interface FormatProblem {
  readonly code: ProblemCode & ('binary' | 'unsupported')
  /** What the bytes are, as a noun. */
  readonly kind: string
}

/** What a file is by its first bytes, when it is no text but can be read. */
export type Container = 'zip' | 'pdf'

const pdfMark = '%PDF-'
// Some PDFs start with a few bytes of something else; readers look this far.
const pdfMarkWithin = 1024
const zipMarks = ['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08PK']

/** A ZIP archive (Word files are such) or a PDF, by signature; else null. */
export function containerOf(sample: Uint8Array): Container | null {
  const start = Buffer.from(sample.subarray(0, pdfMarkWithin)).toString('latin1')
  if (zipMarks.some((mark) => start.startsWith(mark))) return 'zip'
  const at = start.indexOf(pdfMark)
  // Text may mention the mark; a PDF that starts late has no letters before it.
  return at >= 0 && !/[!-~]/.test(start.slice(0, at)) ? 'pdf' : null
}

/** What a ZIP archive is by the names in it: a Word document, another Office file, or files. */
export function archiveKind(names: readonly string[]): 'docx' | 'files' | FormatProblem {
  const has = (start: string) => names.some((name) => name.startsWith(start))
  const office = (kind: string): FormatProblem => ({ code: 'unsupported', kind })
  if (names.includes('[Content_Types].xml')) {
    if (has('word/')) return 'docx'
    if (has('xl/')) return office('an Excel workbook')
    if (has('ppt/')) return office('a PowerPoint presentation')
  }
  if (names.includes('mimetype') && names.includes('META-INF/container.xml'))
    return office('an EPUB book')
  if (names.includes('mimetype') && names.includes('content.xml'))
    return office('an OpenDocument file')
  return 'files'
}

// Signatures at the start of the bytes, in latin1.
const signatures: readonly (readonly [string, FormatProblem])[] = [
  ['\xd0\xcf\x11\xe0', { code: 'unsupported', kind: 'an old (.doc) or encrypted Office document' }],
  ['{\\rtf', { code: 'unsupported', kind: 'an RTF document' }],
  ['\x89PNG', { code: 'binary', kind: 'a PNG image' }],
  ['\xff\xd8\xff', { code: 'binary', kind: 'a JPEG image' }],
  ['GIF8', { code: 'binary', kind: 'a GIF image' }],
  ['RIFF', { code: 'binary', kind: 'a media file' }],
  ['\x7fELF', { code: 'binary', kind: 'a program' }],
  ['MZ\x90', { code: 'binary', kind: 'a program' }],
  ['BZh', { code: 'unsupported', kind: 'a bzip2 file' }],
  ['\xfd7zXZ', { code: 'unsupported', kind: 'an xz file' }],
  ['7z\xbc\xaf', { code: 'unsupported', kind: 'a 7z archive' }],
  ['\x28\xb5\x2f\xfd', { code: 'unsupported', kind: 'a zstd file' }],
  ['Rar!', { code: 'unsupported', kind: 'a RAR archive' }],
]
const tarMark = 'ustar'
const tarMarkAt = 257

const byExtension: Readonly<Record<string, Format>> = {
  '.txt': 'text',
  '.text': 'text',
  '.md': 'markdown',
  '.markdown': 'markdown',
  '.mdx': 'markdown',
  '.html': 'html',
  '.htm': 'html',
  '.xhtml': 'html',
  '.json': 'json',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.csv': 'csv',
  '.tsv': 'tsv',
  '.tab': 'tsv',
}

const controlBytesAllowed = 0.01

/** What makes the bytes something other than text, or null. UTF-16 must be known before. */
export function notText(sample: Uint8Array, isUtf16: boolean): FormatProblem | null {
  const start = String.fromCharCode(...sample.subarray(0, 16))
  const signed = signatures.find(([signature]) => start.startsWith(signature))
  if (signed) return signed[1]
  if (Buffer.from(sample.subarray(tarMarkAt, tarMarkAt + 5)).toString('latin1') === tarMark) {
    return { code: 'unsupported', kind: 'a tar archive' }
  }
  if (isUtf16) return null
  let control = 0
  for (const byte of sample) {
    if (byte === 0) return { code: 'binary', kind: 'binary data' }
    if (byte < 0x20 && (byte < 0x09 || byte > 0x0d) && byte !== 0x1b) control++
  }
  const many = control > Math.max(1, sample.length * controlBytesAllowed)
  return many ? { code: 'binary', kind: 'binary data' } : null
}

const htmlStart =
  /^(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b/i
const htmlAnywhere = /<(?:html|body|head)[\s>]/i
const anyTag = /<\/?[a-z][a-z0-9-]*(?:\s[^<>]*)?>/i
const frontMatter = /^---[ \t]*\r?\n(?:.*\r?\n){1,100}?---[ \t]*\r?\n/
const markdownHeading = /^#{1,6} \S/m

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** `json` or `jsonl` when the sample is that; `complete` says that the sample is the whole file. */
function jsonFormat(sample: string, named: Format | undefined, complete: boolean): Format | null {
  const trimmed = sample.trimStart()
  if (trimmed[0] !== '{' && trimmed[0] !== '[') return null
  const lineEnd = trimmed.indexOf('\n')
  const line = lineEnd < 0 ? trimmed : trimmed.slice(0, lineEnd)
  const lineIsRecord = line[0] === '{' && isJson(line)
  const more = lineEnd >= 0 && trimmed.slice(lineEnd).trim() !== ''
  if (lineIsRecord) return more || named === 'jsonl' ? 'jsonl' : 'json'
  if (complete && isJson(trimmed)) return 'json'
  // A sample that breaks off inside the first value; or a file that says what it means to be.
  if (named === 'json' || named === 'jsonl') return named
  return !complete && /^[[{]\s*["{[]/.test(trimmed) ? 'json' : null
}

/** Extension of a file's name, `.gz` aside; lower case with its dot. */
export function extensionOf(path: string): string {
  return extname(path.replace(/\.gz$/i, '')).toLowerCase()
}

/** The format of a text. `sample` is its beginning; `complete` when it is all of it. */
export function formatOf(sample: string, path: string, complete: boolean): Format {
  const text = sample.replace(/^\ufeff/, '')
  const named = byExtension[extensionOf(path)]
  const json = jsonFormat(text, named, complete)
  if (json) return json
  if (htmlStart.test(text.trimStart())) return 'html'
  if (named === 'html' && complete && !anyTag.test(text)) return 'text'
  if (named !== undefined) return named
  if (text.trimStart().startsWith('<') && htmlAnywhere.test(text)) return 'html'
  return frontMatter.test(text) && markdownHeading.test(text) ? 'markdown' : 'text'
}
