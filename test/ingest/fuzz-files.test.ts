/**
 * Files of every packed format, cut short and with bytes changed: an answer in bounded time, never
 * an exception. The text formats are fuzzed beside their readers.
 */
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { gather, useTestFolder } from '../../packages/ingest/fixtures/folder.js'
import { makeDocx, zip } from '../../packages/ingest/fixtures/make-docx.js'
import { typeset } from '../../packages/ingest/fixtures/make-pdf.js'
import { Random } from '../support/random.js'

const text = Array.from({ length: 30 }, (_, i) => `第${i}段,行政机关依法行政,落实责任。`)
const docx = makeDocx([
  { text: '题', style: 'Title' },
  ...text.map((line, i) => ({ text: line, level: i % 3 })),
])
const csv = `id,text\n${text.map((line, i) => `${i},"${line}"`).join('\n')}\n`
const samples: Readonly<Record<string, Buffer>> = {
  'a.docx': docx,
  'a.pdf': typeset(text),
  'a.zip': zip({ 'a.txt': text.join('\n'), 'b/c.docx': docx, 'd.csv': csv }),
  'stored.zip': zip({ 'a.txt': text.join('\n'), 'd.csv': csv }, 0),
  'a.txt.gz': gzipSync(text.join('\n')),
  'a.zip.gz': gzipSync(zip({ 'a.md': text.join('\n\n') })),
  'a.csv': Buffer.from(csv),
}
const rounds = 40

/** Cut, overwritten, doubled or emptied somewhere. */
function mutate(bytes: Buffer, random: Random): Buffer {
  if (random.chance(0.25)) return bytes.subarray(0, random.int(1, bytes.length))
  const changed = Buffer.from(bytes)
  for (let i = random.int(1, 12); i > 0; i--) {
    const at = random.int(0, changed.length)
    if (random.chance(0.7)) changed[at] = random.int(0, 256)
    else
      changed.fill(random.pick([0, 255, 32]), at, Math.min(changed.length, at + random.int(1, 40)))
  }
  if (random.chance(0.2))
    return Buffer.concat([changed, changed.subarray(random.int(0, bytes.length))])
  return changed
}

const folder = useTestFolder()

describe('mutated files', () => {
  it.each(Object.keys(samples))(
    '%s: an answer for each, and the next file is read',
    async (name) => {
      const random = new Random(name.length * 7919)
      folder.put('zz-good.txt', '正文')
      for (let round = 0; round < rounds; round++) {
        const path = folder.put(name, mutate(samples[name]!, random))
        const items = await gather(folder.path, { maxPdfTime: 10_000, maxFileBytes: 10_000_000 })
        expect(items.length, `round ${round}`).toBeGreaterThanOrEqual(2)
        expect(items.at(-1)?.document?.id).toBe('zz-good.txt')
        for (const { problem } of items) if (problem) expect(problem.message).toContain(path)
      }
    },
  )
})
