import { expect, it } from 'vitest'
import { analyzer } from '../../../../test/support/notation.js'
import { Random } from '../../../../test/support/random.js'
import { writeBundle } from './bundle-writer.js'
import { IndexBuilder } from './index-builder.js'

const random = new Random(3)
const builder = new IndexBuilder({ analyzer })
for (let i = 0; i < 400; i++) {
  const text = String.fromCharCode(
    ...Array.from({ length: 200 }, () => 0x4e00 + random.int(0, 900)),
  )
  builder.add({ id: `d${i}`, paragraphs: [{ text }] })
}
const index = builder.finish()

const largest = (files: ReadonlyMap<string, Uint8Array>) =>
  Math.max(...Array.from(files.values(), ({ length }) => length))

it('puts texts into one pack, but for a host that sends files whole', () => {
  const bundle = writeBundle(index)
  const small = writeBundle(index, { ranges: false })
  expect(largest(bundle)).toBeGreaterThan(100_000)
  expect(bundle.size).toBeLessThan(small.size)
  expect(largest(writeBundle(index, { packBytes: 20_000 }))).toBeLessThanOrEqual(20_000)
  // Packs of usual size, and the core, which is small.
  expect(largest(small)).toBeLessThanOrEqual(12 * 1024)
})
