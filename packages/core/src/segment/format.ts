/**
 * Every constant of the file format; the prose is in docs/format.md. A change here changes the
 * version, the document and the frozen fixture in the same commit.
 *
 *   header   magic 8 · written version u16 · oldest readable version u16 · section count u32
 *            · file length u64 · table checksum u32 · header checksum u32
 *   table    per section: id 4 ASCII bytes · reserved u32 (0) · offset u64 · length u64
 *            · checksum u32 · reserved u32 (0)
 *   sections each starting at a multiple of 8
 *
 * All integers are little-endian.
 */

/** The first byte is no ASCII, the tail catches line-ending conversion, as in PNG. */
export const MAGIC = new Uint8Array([0x96, 0x57, 0x58, 0x49, 0x0d, 0x0a, 0x1a, 0x0a])

/** The version this code writes. */
export const FORMAT_VERSION = 1
/** The oldest version this code reads, and what it stores as the oldest reader needed. */
export const OLDEST_READABLE = 1

export const HEADER_BYTES = 32
export const TABLE_ENTRY_BYTES = 32
export const SECTION_ALIGNMENT = 8
/** More sections than any version has; a larger count is damage. */
export const MAX_SECTIONS = 64

// Apart, because a reader of bundles needs none of them.
export { Section, type SectionId } from './section-ids.js'

/** Postings in a block of a long list; each block has a skip entry. */
export const POSTINGS_BLOCK = 128
/** A dictionary block holds at most this many terms. */
export const TERMS_PER_BLOCK = 256
/** Documents in a chunk of DOCS. */
export const DOCUMENTS_PER_CHUNK = 32

/** A paragraph stands under at most this many headings. */
export const MAX_HEADINGS = 64

/** Default target sizes of chunks before compression, in bytes. */
export const POSTINGS_CHUNK_BYTES = 32 * 1024
export const TEXT_CHUNK_BYTES = 8 * 1024
/** The same in the lean profile. */
export const LEAN_TEXT_CHUNK_BYTES = 32 * 1024

/** Raw bytes of one chunk can never exceed this; a larger claim is damage. */
export const MAX_CHUNK_BYTES = 1 << 30

/** Text recoding: codes below this stand for one unit and take one byte. */
export const ONE_BYTE_CODES = 208
/** First bytes from ONE_BYTE_CODES up to this (exclusive) start a two-byte code. */
export const ESCAPE_CODE = 255
export const TWO_BYTE_CODES = (ESCAPE_CODE - ONE_BYTE_CODES) * 256
