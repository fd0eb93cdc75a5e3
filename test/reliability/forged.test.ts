/**
 * Forgeries that once went wrong, or would without their check: the content of an index is
 * hostile, and every checksum is right.
 */

import { openIndex } from '@wenxun/core'
import { pack } from 'msgpackr'
import { describe, expect, it } from 'vitest'
import { ByteReader } from '../../packages/core/src/bytes/byte-reader.js'
import { ByteWriter } from '../../packages/core/src/bytes/byte-writer.js'
import { Section, type SectionId } from '../../packages/core/src/segment/format.js'
import { build, documentsOf, LITERAL_ONLY } from '../support/notation.js'
import { metadataOf, putTogether, type TakenApart, takeApart } from './corruption/taken-apart.js'

const documents = documentsOf(`
  a 《年度报告》 city=洛阳 level=3: 总则 § 法治政府 | 政府建设
  b: 热线
`)
const plain = build(documents, LITERAL_ONLY)
const expanding = build(documentsOf('c: 银行的计算机软件'))

/** Opens a forged index, checks it, and asks it for everything it has. */
function readAll(parts: TakenApart): void {
  const bytes = putTogether(parts)
  const checks = [
    () => openIndex(bytes).verify(),
    () => {
      const index = openIndex(bytes, { verify: false })
      const { columns } = index.metadata
      for (const query of ['法治政府', '政', 'yinhang', '软体']) {
        JSON.stringify(index.search(query, { facets: columns }))
      }
    },
  ]
  const errors = checks.map((check) => {
    try {
      check()
      return null
    } catch (error) {
      return error
    }
  })
  const first = errors.find((error) => error !== null)
  if (first !== undefined) throw first
}

function bytesOf(...varints: readonly number[]): Uint8Array {
  const out = new ByteWriter()
  for (const value of varints) out.varint(value)
  return out.finish()
}

function chunk(parts: TakenApart, id: SectionId): Uint8Array {
  return (parts.get(id) as Uint8Array[])[0]!
}

const joined = (...pieces: readonly Uint8Array[]) =>
  Uint8Array.from(pieces.flatMap((piece) => [...piece]))

type Forge = (parts: TakenApart) => void

const withMetadata =
  (
    change: (metadata: { counts: Record<string, number>; bm25: Record<string, number> }) => void,
  ): Forge =>
  (parts) => {
    const metadata = metadataOf(parts)
    change(metadata as never)
    parts.set(Section.metadata, pack(metadata))
  }

const withStarts =
  (...starts: readonly number[]): Forge =>
  (parts) =>
    parts.set(Section.documentStarts, new Uint8Array(Uint32Array.from(starts).buffer))

/** The one text chunk: number of rows, lengths, texts, headings. */
const withTexts =
  (lengths: readonly number[], rest: readonly number[]): Forge =>
  (parts) => {
    parts.set(Section.texts, [joined(bytesOf(3, ...lengths), Uint8Array.from(rest))])
  }

/** Replaces varints in the first dictionary block behind its count and base; −1 leaves one. */
const withFirstGap =
  (gap: number): Forge =>
  (parts) => {
    const block = chunk(parts, Section.terms)
    parts.set(Section.terms, [joined(block.subarray(0, -1), bytesOf(gap))])
  }

const FORGERIES: readonly (readonly [string, Uint8Array, Forge, RegExp])[] = [
  ['documents that do not start at the first row', plain, withStarts(1, 2, 3), /do not add up/],
  ['documents that start in the wrong order', plain, withStarts(0, 0xffffffff, 3), /do not add up/],
  [
    'half a document',
    plain,
    withMetadata(({ counts }) => {
      counts['documents'] = 1.5
    }),
    /counts\.documents is no count/,
  ],
  [
    'no number of documents',
    plain,
    withMetadata(({ counts }) => {
      counts['documents'] = Number.NaN
    }),
    /counts\.documents is no count/,
  ],
  [
    'fewer documents than none',
    plain,
    withMetadata(({ counts }) => {
      counts['documents'] = Number.NEGATIVE_INFINITY
    }),
    /counts\.documents is no count/,
  ],
  [
    'an endless k1',
    plain,
    withMetadata(({ bm25 }) => {
      bm25['k1'] = Number.POSITIVE_INFINITY
    }),
    /bm25\.k1 is no number from 0 to 100/,
  ],
  [
    'texts whose lengths add up to more than 32 bits',
    plain,
    withTexts([0xffffffff, 1, 1], [0, 0, 0, 0, 0, 0, 0, 0]),
    /text chunk 0 has 4294967295 bytes/,
  ],
  [
    'a text that is longer than its chunk',
    plain,
    withTexts([1000, 1, 1], [0, 0, 0, 0, 0, 0, 0, 0]),
    /text chunk 0 is too short/,
  ],
  [
    'a path of 65 headings',
    plain,
    withTexts([0, 0, 0], [0, 65, ...new Array(65).fill(0), 0, 0, 0, 0]),
    /heading path is broken/,
  ],
  ['a posting list shorter than its postings', plain, withFirstGap(0), /shorter than its postings/],
  [
    'a metadata key without a text',
    plain,
    (parts) => {
      const odd = new Map([[{ toString: null }, 'x']])
      const record = pack(['a', '', null, null, odd])
      parts.set(Section.documents, [
        joined(bytesOf(2, record.length, record.length), record, record),
      ])
    },
    /a key that is no text/,
  ],
  [
    'metadata that is no text',
    plain,
    (parts) => {
      const record = pack(['a', '', null, null, { city: { deep: [null] } }])
      parts.set(Section.documents, [
        joined(bytesOf(2, record.length, record.length), record, record),
      ])
    },
    /lacks its id, title or metadata/,
  ],
  [
    'a column with the name of another',
    plain,
    (parts) => {
      const [first, second] = parts.get(Section.columns) as Uint8Array[]
      parts.set(Section.columns, [second!, first!])
    },
    /column city calls itself level/,
  ],
  [
    'a column value that is no text',
    plain,
    (parts) => {
      const [, second] = parts.get(Section.columns) as Uint8Array[]
      const odd = pack(['city', 'keyword', [{ toString: null }], Uint8Array.from([1, 0, 0])])
      parts.set(Section.columns, [odd, second!])
    },
    /neither text nor number/,
  ],
  [
    'ordinals in the wrong order',
    plain,
    (parts) => {
      const [, second] = parts.get(Section.columns) as Uint8Array[]
      const odd = pack(['city', 'keyword', ['a', 'b'], Uint8Array.from([2, 1, 0, 0])])
      parts.set(Section.columns, [odd, second!])
    },
    /column city is broken/,
  ],
  [
    'a row beyond 32 bits',
    plain,
    (parts) => {
      const post = chunk(parts, Section.postings).slice()
      parts.set(Section.postings, [joined(Uint8Array.from([0xff, 0xff, 0xff, 0xff, 0x0f]), post)])
    },
    /names row|frequency|past its chunk/,
  ],
  [
    'a posting without an occurrence',
    plain,
    (parts) => {
      const post = chunk(parts, Section.postings)
      parts.set(Section.postings, [new Uint8Array(post.length)])
    },
    /a posting has the frequency 0/,
  ],
  [
    'a word whose readings are no numbers',
    expanding,
    (parts) => {
      const piny = chunk(parts, Section.pinyin)
      const reader = new ByteReader(piny, 'PINY')
      const syllables = reader.text()
      const out = new ByteWriter()
      out.text(syllables)
      out.varint(0)
      out.varint(0)
      out.text('银行银行')
      parts.set(Section.pinyin, [out.finish()])
    },
    /a broken word/,
  ],
  [
    'regional words without end',
    expanding,
    (parts) => {
      parts.set(Section.synonyms, [new TextEncoder().encode(`软体 ${'软件'.repeat(600)}`)])
    },
    /a line of \d+ units/,
  ],
]

describe('content that someone forged', () => {
  it.each(FORGERIES)('%s', (_, bytes, forge, message) => {
    const parts = takeApart(bytes)
    forge(parts)
    expect(() => readAll(parts)).toThrow(
      expect.objectContaining({ code: 'CORRUPT', message: expect.stringMatching(message) }),
    )
  })

  it('is put together as it was when nothing is forged', () => {
    for (const bytes of [plain, expanding]) expect(() => readAll(takeApart(bytes))).not.toThrow()
  })
})
