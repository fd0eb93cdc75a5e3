/**
 * The text of a web page's bytes, by the evidence a browser goes by and one thing more: byte order
 * mark, then validity as UTF-8 (a page that declares something else but is UTF-8 is UTF-8), then
 * what the page declares, then which reading gives the commoner characters.
 */
import { isUtf8 } from 'node:buffer'
import { decode, detectEncoding, knownEncoding } from '../encoding.js'

const judgedBytes = 64 * 1024
const declaredWithin = 4096
const declaration = /<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]+)/i
const xmlDeclaration = /^\s*<\?xml[^>]{0,200}encoding\s*=\s*["']([\w-]+)/i

export interface PageText {
  readonly text: string
  readonly encoding: string
  /** Byte offset of the first bytes that are no text in this encoding, or -1; they become U+FFFD. */
  readonly badOffset: number
}

/** The encoding that a page names in its head, if anything here can read it. */
export function declaredEncoding(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, declaredWithin)).toString('latin1')
  const name = (declaration.exec(head) ?? xmlDeclaration.exec(head))?.[1] ?? ''
  const known = knownEncoding(name)
  // Bytes in which this could be read are not UTF-16, whatever they say.
  return known?.startsWith('utf-16') ? null : known
}

/** From the first byte on that is not ASCII: a long head of scripts says nothing of the text. */
function tellingSample(bytes: Uint8Array): Uint8Array {
  const sample = bytes.subarray(0, judgedBytes)
  if (sample.some((byte) => byte >= 0x80 || byte === 0)) return sample
  const first = bytes.findIndex((byte) => byte >= 0x80 || byte === 0)
  return first < 0 ? sample : bytes.subarray(first, first + judgedBytes)
}

function encodingOf(bytes: Uint8Array): string {
  const { encoding, markLength } = detectEncoding(bytes)
  if (markLength > 0 || encoding.startsWith('utf-16')) return encoding
  if (isUtf8(bytes)) return 'utf-8'
  return declaredEncoding(bytes) ?? detectEncoding(tellingSample(bytes)).encoding
}

/** Decodes a page; `encoding` overrides what is found out. Never throws. */
export function pageText(bytes: Uint8Array, encoding: string | null = null): PageText {
  const chosen = encoding ?? encodingOf(bytes)
  return { ...decode(bytes, chosen), encoding: chosen }
}
