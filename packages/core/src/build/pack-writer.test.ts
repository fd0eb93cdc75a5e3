import { inflateSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { LIST_UNIT, PIECE_HEAD_BYTES, readReference, referenceOf } from '../shards/bundle-format.js'
import { type Piece, PieceTable } from '../shards/piece-table.js'
import { deflate } from './deflate-portable.js'
import { PackWriter, packPiece } from './pack-writer.js'

const PACK_BYTES = 600
const UNIT = 32
const text = (i: number) => `第${i}条 ${'依法行政'.repeat(i % 5)} ${Math.sqrt(i)}`
const bytesOf = (line: string) => new TextEncoder().encode(line)

interface Behind {
  readonly piece: number
  readonly bytes: Uint8Array
  readonly pack: number
  readonly start: number
}

/** Lines in packs, every seventh with blocks behind it. */
function write(lines: readonly string[]) {
  const files = new Map<string, Uint8Array>()
  const packs = new PackWriter({
    packBytes: PACK_BYTES,
    pieceBytes: 60,
    unit: UNIT,
    deflate,
    addFile: (content, length) => {
      const reference = referenceOf(content).subarray(0, length)
      files.set(readReference(reference, 0, length).name, content)
      return reference
    },
  })
  const behind: Behind[] = []
  for (const [piece, line] of lines.entries()) {
    packs.expect(60, line)
    for (let i = 0; i < (piece % 7 === 6 ? 5 : 0); i++) {
      const bytes = packPiece(
        bytesOf(`${line}, block ${i}, ${'x'.repeat(i * 40)}`),
        deflate,
        LIST_UNIT,
      )
      behind.push({ piece, bytes, ...packs.putBehind(bytes) })
    }
    packs.add(bytesOf(line))
  }
  return { files, behind, table: new PieceTable(packs.finish()) }
}

describe('packs', () => {
  const lines = Array.from({ length: 100 }, (_, i) => text(i))
  const { files, behind, table } = write(lines)
  const cut = ({ pack, start, end }: Piece) => files.get(pack.name)!.subarray(start, end)

  it('hold pieces where the table says, at multiples of its unit', () => {
    expect(table.count).toBe(lines.length)
    for (const [i, line] of lines.entries()) {
      const bytes = cut(table.piece(i))
      expect(bytes.length % UNIT).toBe(0)
      const stream = bytes.subarray(PIECE_HEAD_BYTES, bytes.length - bytes[4]!)
      expect(new TextDecoder().decode(inflateSync(stream))).toBe(line)
    }
  })

  it('hold what stands behind a piece in its own pack or in one that follows', () => {
    expect(new Set(behind.map(({ pack }) => pack > 0))).toEqual(new Set([false, true]))
    for (const { piece, bytes, pack, start } of behind) {
      const place = table.behind(table.packOf(piece) + pack, start, bytes.length)
      expect(cut(place).subarray(4)).toEqual(bytes.subarray(4))
    }
  })

  it('stay below their size', () => {
    const sizes = [...files.values()].map(({ length }) => length)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(PACK_BYTES)
  })

  it('keep their names before and soon behind a piece that grows', () => {
    const edited = lines.map((line, i) => (i === 50 ? `${line}，${'附则'.repeat(30)}` : line))
    const changed = [...write(edited).files.keys()].filter((name) => !files.has(name))
    expect(changed.length).toBeGreaterThan(0)
    expect(changed.length).toBeLessThan(files.size / 3)
  })
})
