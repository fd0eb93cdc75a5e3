/**
 * Which encoding bytes are in, and their text. Order of evidence: byte order mark, a
 * declaration in HTML, validity as UTF-8, then which two-byte reading gives the commoner
 * characters. Big5 is read with the Hong Kong characters; Node's TextDecoder gets those wrong.
 */
import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'
import { commonCharacters } from './common-characters.js'
import type { Encoding } from './types.js'

export interface DetectedEncoding {
  readonly encoding: Encoding
  /** Bytes of the byte order mark. */
  readonly markLength: number
}

const replacement = '\ufffd'
const iconvNames: Readonly<Record<Encoding, string>> = {
  'utf-8': 'utf8',
  'utf-16le': 'utf16le',
  'utf-16be': 'utf16be',
  gb18030: 'gb18030',
  'big5-hkscs': 'big5hkscs',
}
const aliases: Readonly<Record<string, Encoding>> = {
  utf8: 'utf-8',
  utf16: 'utf-16le',
  utf16le: 'utf-16le',
  utf16be: 'utf-16be',
  gbk: 'gb18030',
  gb2312: 'gb18030',
  cp936: 'gb18030',
  gb18030: 'gb18030',
  big5: 'big5-hkscs',
  big5hkscs: 'big5-hkscs',
  cp950: 'big5-hkscs',
}
const marks: readonly (readonly [Encoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
  ['gb18030', [0x84, 0x31, 0x95, 0x33]],
]

const judgedBytes = 64 * 1024
const declaredWithin = 2048
const declaration = /<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]+)/i
const brokenShareOfUtf8 = 0.02

/** Our name for an encoding name, or null when nothing here can read it. */
export function knownEncoding(name: string): string | null {
  const plain = name.toLowerCase().replace(/[\s_-]/g, '')
  const own = aliases[plain]
  if (own !== undefined) return own
  return iconv.encodingExists(name) ? name.toLowerCase() : null
}

function markOf(bytes: Uint8Array): DetectedEncoding | null {
  const found = marks.find(([, mark]) => mark.every((byte, i) => bytes[i] === byte))
  return found ? { encoding: found[0], markLength: found[1].length } : null
}

/**
 * UTF-16 without a mark: one byte of each pair is from a small set (0 of ASCII, 0x30 and 0xff of
 * CJK punctuation, 0x4e-0x9f of Han). Sure when zeros stand on one side of pairs only; without
 * any (pure Han) it is one candidate among others.
 */
function utf16Order(bytes: Uint8Array): { encoding: Encoding; sure: boolean } | null {
  const pairs = Math.min(bytes.length, judgedBytes) >> 1
  const cut = bytes.length >= judgedBytes
  if (pairs < 4 || (!cut && bytes.length % 2 !== 0)) return null
  const high = (byte: number) =>
    byte === 0 || byte === 0x20 || byte === 0x30 || byte === 0xff || (byte >= 0x4e && byte <= 0x9f)
  let even = 0
  let odd = 0
  let zeros = 0
  for (let i = 0; i < pairs; i++) {
    const first = bytes[2 * i]!
    const second = bytes[2 * i + 1]!
    if (high(first)) even++
    if (high(second)) odd++
    if ((first === 0) !== (second === 0)) zeros++
  }
  const encoding = odd > even ? 'utf-16le' : 'utf-16be'
  return Math.max(odd, even) > pairs * 0.95 && odd !== even ? { encoding, sure: zeros > 0 } : null
}

/** The bytes without the last few when those are the start of a character. */
function wholeUtf8(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!
    if (byte < 0x80) break
    if (byte >= 0xc0) return bytes.subarray(0, bytes.length - back)
  }
  return bytes
}

/** Higher for likelier text: share of common characters, less broken ones. */
function plausibility(text: string): number {
  let common = 0
  let broken = 0
  let wide = 0
  for (const character of text) {
    if (character < '\u0080') continue
    wide++
    if (commonCharacters.has(character)) common++
    else if (character === replacement || (character >= '\ue000' && character <= '\uf8ff')) broken++
  }
  return wide === 0 ? 0 : (common - 5 * broken) / wide
}

/** True when the bytes are UTF-8 with a few bad places, rather than another encoding. */
function isBrokenUtf8(sample: Uint8Array): boolean {
  const text = new TextDecoder().decode(sample)
  let broken = 0
  let wide = 0
  for (const character of text) {
    if (character === replacement) broken++
    else if (character >= '\u0080') wide++
  }
  return broken <= Math.max(1, wide * brokenShareOfUtf8) && wide > 20
}

/** The likeliest encoding of the bytes; the first 64 KiB of a file are enough. */
export function detectEncoding(bytes: Uint8Array): DetectedEncoding {
  const marked = markOf(bytes)
  if (marked) return marked
  const sample = bytes.subarray(0, judgedBytes)
  const utf8: DetectedEncoding = { encoding: 'utf-8', markLength: 0 }
  // The common case first: without a zero byte UTF-16 is never sure.
  if (!sample.includes(0) && isUtf8(sample)) return utf8
  const order = utf16Order(bytes)
  if (order?.sure) return { encoding: order.encoding, markLength: 0 }
  if (isUtf8(sample) || isUtf8(wholeUtf8(sample))) return utf8
  const head = Buffer.from(sample.subarray(0, declaredWithin)).toString('latin1')
  const declared = knownEncoding(declaration.exec(head)?.[1] ?? '')
  if (declared === 'gb18030' || declared === 'big5-hkscs')
    return { encoding: declared, markLength: 0 }
  if (isBrokenUtf8(sample)) return utf8
  return { encoding: mostPlausible(sample, order?.encoding), markLength: 0 }
}

function mostPlausible(sample: Uint8Array, order: Encoding | undefined): Encoding {
  const candidates: Encoding[] = ['gb18030', 'big5-hkscs', ...(order === undefined ? [] : [order])]
  const scored = candidates.map((encoding) => ({
    encoding,
    score: plausibility(iconv.decode(Buffer.from(sample), iconvNames[encoding])),
  }))
  return scored.reduce((best, next) => (next.score > best.score ? next : best)).encoding
}

export interface DecodedText {
  readonly text: string
  /** Byte offset of the first bytes that are no text in this encoding, or -1. */
  readonly badOffset: number
}

/** Name to give iconv-lite for one of our encoding names, or for one of its own. */
export function iconvName(encoding: string): string {
  return (iconvNames as Readonly<Record<string, string>>)[encoding] ?? encoding
}

/** Decodes whole bytes, their mark left out; bad places become U+FFFD and the first is reported. */
export function decode(bytes: Uint8Array, encoding: string): DecodedText {
  const mark = markOf(bytes)
  const skipped = mark?.encoding === encoding ? mark.markLength : 0
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset + skipped, bytes.byteLength - skipped)
  if (encoding === 'utf-8' && isUtf8(buffer)) {
    return { text: buffer.toString('utf8'), badOffset: -1 }
  }
  const text = iconv.decode(buffer, iconvName(encoding))
  const bad = text.indexOf(replacement)
  if (bad < 0) return { text, badOffset: -1 }
  return { text, badOffset: skipped + iconv.encode(text.slice(0, bad), iconvName(encoding)).length }
}
