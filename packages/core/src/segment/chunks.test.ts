import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deflate } from '../build/deflate-portable.js'
import { type ByteSource, memorySource } from './byte-source.js'
import { ChunkReader, ChunkWriter } from './chunks.js'

function write(parts: readonly Uint8Array[], target: number) {
  const writer = new ChunkWriter(deflate, target)
  const offsets = parts.map((piece) => writer.piece(piece))
  return { bytes: writer.finish(), offsets }
}

/** Opens a section that starts at an odd place of its file. */
function open(section: Uint8Array, budget = Number.POSITIVE_INFINITY) {
  const file = new Uint8Array(section.length + 3)
  file.set(section, 3)
  const memory = memorySource(file)
  let reads = 0
  const source: ByteSource = {
    length: file.length,
    read(start, end) {
      reads++
      return memory.read(start, end)
    },
  }
  const reader = new ChunkReader(source, 3, section.length, 'TEST', budget)
  return { reader, reads: () => reads }
}

const pieces = fc.array(fc.uint8Array({ minLength: 1, maxLength: 50 }), { maxLength: 40 })

describe('a chunked section', () => {
  it('gives back every piece at its raw offset, whole in one chunk', () => {
    fc.assert(
      fc.property(pieces, fc.constantFrom(1, 60, 1000), (list, target) => {
        const { bytes, offsets } = write(list, target)
        const { reader } = open(bytes)
        expect(reader.rawLength).toBe(list.reduce((sum, { length }) => sum + length, 0))
        for (const i of list.map((_, k) => k).reverse()) {
          const index = reader.indexAt(offsets[i]!)
          const at = offsets[i]! - reader.startOf(index)
          expect([...reader.chunk(index).subarray(at, at + list[i]!.length)]).toEqual([...list[i]!])
        }
      }),
    )
  })

  it('closes a chunk before it outgrows its target', () => {
    const { reader } = open(
      write(
        Array.from({ length: 9 }, () => new Uint8Array(40)),
        100,
      ).bytes,
    )
    expect(reader.count).toBe(5)
    expect(Array.from({ length: 5 }, (_, i) => reader.chunk(i).length)).toEqual([
      80, 80, 80, 80, 40,
    ])
  })

  it('reads a kept chunk once, and with a small budget again', () => {
    const { bytes } = write([new Uint8Array(40), new Uint8Array(40)], 40)
    const count = (budget: number) => {
      const { reader, reads } = open(bytes, budget)
      const before = reads()
      for (const index of [0, 1, 0, 1]) reader.chunk(index)
      return reads() - before
    }
    expect([count(100), count(1)]).toEqual([2, 4])
  })

  it('may be empty', () => {
    const { reader } = open(write([], 100).bytes)
    expect([reader.count, reader.rawLength]).toEqual([0, 0])
    expect(() => reader.chunk(0)).toThrow('section TEST has no chunk 0')
  })
})

describe('damage to a chunked section', () => {
  const list = Array.from({ length: 6 }, (_, i) => new Uint8Array(30).fill(i + 1))
  const { bytes } = write(list, 60)

  it('is noticed wherever a byte changed', () => {
    for (let at = 0; at < bytes.length; at++) {
      for (const flip of [1, 0x80, 0xff]) {
        const damaged = bytes.slice()
        damaged[at]! ^= flip
        const read = () => open(damaged).reader.verify()
        expect(read, `byte ${at} ^ ${flip}`).toThrow(expect.objectContaining({ code: 'CORRUPT' }))
      }
    }
  })

  it('is noticed wherever it was cut', () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(() => open(bytes.subarray(0, length))).toThrow('TEST')
    }
  })

  it('never makes the reader ask for more memory than the bytes can hold', () => {
    const claim = bytes.slice()
    new DataView(claim.buffer).setUint32(0, 0xffffffff, true)
    expect(() => open(claim)).toThrow('section TEST claims 4294967295 chunks')
  })
})
