/** What goes wrong with files: each is named and counted, the others are read. */
import { appendFileSync, chmodSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { readPath } from '@wenxun/ingest'
import { describe, expect, it } from 'vitest'
import { bytesIn } from '../../packages/ingest/fixtures/encode.js'
import { gather, outcome, useTestFolder } from '../../packages/ingest/fixtures/folder.js'
import { makeDocx, zip } from '../../packages/ingest/fixtures/make-docx.js'
import { makePdf } from '../../packages/ingest/fixtures/make-pdf.js'

const folder = useTestFolder()
const isRoot = process.getuid?.() === 0

describe('one bad file', () => {
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
  const bad: [string, string, string | Uint8Array][] = [
    ['empty', 'empty.txt', ''],
    ['empty', 'blank.md', ' \n\n'],
    ['binary', 'picture.txt', png],
    ['binary', 'zeros.csv', Buffer.alloc(1000)],
    [
      'encoding',
      'broken.txt',
      Buffer.concat([Buffer.from('行政复议'.repeat(30)), Buffer.from([0xff])]),
    ],
    ['syntax', 'broken.json', '[{"id":'],
    ['syntax', 'broken.jsonl', '{"id":\n'],
    ['record', 'wrong.json', '[1]'],
    ['record', 'wrong.csv', '编号,正文\n1,一\n'],
    ['corrupt', 'cut.txt.gz', gzipSync('文'.repeat(50_000)).subarray(0, 60)],
    ['corrupt', 'cut.zip', zip({ 'a.txt': '文' }).subarray(0, 40)],
    ['corrupt', 'cut.docx', makeDocx([{ text: '文' }]).subarray(0, 300)],
    ['corrupt', 'cut.pdf', makePdf([]).subarray(0, 30)],
    ['unsupported', 'old.doc', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
    ['unsupported', 'rich.rtf', '{\\rtf1 文}'],
    ['unsupported', 'a.7z', Buffer.from('377abcaf271c', 'hex')],
  ]
  it.each(bad)(
    'is a problem of kind %s, and never stops the others: %s',
    async (code, name, bytes) => {
      const path = folder.put(name, bytes)
      folder.put('zz-good.txt', '正文')
      const items = await gather(folder.path)
      expect(items.map(outcome)).toEqual([code, 'zz-good.txt'])
      expect(items[0]?.problem?.path).toBe(path)
      expect(items[0]?.problem?.message.startsWith(path)).toBe(true)
    },
  )

  it.skipIf(isRoot || process.platform === 'win32')('that may not be read is named', async () => {
    chmodSync(folder.put('secret.txt', '密'), 0)
    expect((await gather(folder.path))[0]?.problem?.message).toContain('permission denied')
  })
})

describe('an encoding that is not the one given', () => {
  it('is reported with the first bad byte and what the bytes look like', async () => {
    const path = folder.put('a.txt', bytesIn('gb18030', 'ok 行政复议案件办结率很高'))
    const [item] = await gather(path, { encoding: 'utf-8' })
    expect(item?.problem).toMatchObject({ code: 'encoding', offset: 3, guess: 'gb18030' })
    expect(item?.problem?.message).toMatch(
      /not valid utf-8 at byte 3 \(the bytes look like gb18030\)/,
    )
  })

  it.each(['a.txt', 'a.md', 'a.html', 'a.csv', 'a.jsonl', 'a.json'])(
    'is never guessed when one is given: %s',
    async (name) => {
      const text = {
        'a.csv': 'text\n行政',
        'a.jsonl': '{"text":"行政"}\n',
        'a.json': '{"text":"行政"}',
      }[name]
      const path = folder.put(name, bytesIn('shift_jis', text ?? '行政'))
      const [item] = await gather(path, { encoding: 'shift_jis' })
      expect(item?.document?.paragraphs.map((paragraph) => paragraph.text)).toEqual(['行政'])
      expect(item?.source?.encoding).toBe('shift_jis')
    },
  )

  it('that nobody knows is said to be so', async () => {
    const [item] = await gather(folder.put('a.txt', '文'), { encoding: 'klingon' })
    expect(item?.problem?.message).toContain('no encoding "klingon"')
  })
})

/** The same bytes again and again, never held at once. */
function* repeated(piece: Buffer, times: number): Generator<Buffer> {
  for (let i = 0; i < times; i++) yield piece
}

describe('input without end', () => {
  const piece = Buffer.from('文'.repeat(100_000))
  const limits = { maxFileBytes: 2_000_000, maxLineBytes: 1_000_000 }

  it.each([
    ['text', []],
    ['markdown', []],
    ['json', []],
    ['jsonl', ['after']],
    ['csv', ['after']],
  ] as const)(
    'as %s on one line is given up at the limit, in bounded memory',
    async (format, after) => {
      const start = { json: '["', jsonl: '{"text":"', csv: 'id,text\na,' }[format as string] ?? ''
      const end = format === 'csv' ? '\nafter,行政\n' : '"}\n{"id":"after","text":"行政"}\n'
      const taken = { pieces: 0 }
      function* input() {
        yield Buffer.from(start)
        for (const bytes of repeated(piece, 400)) {
          taken.pieces++
          yield bytes
        }
        yield Buffer.from(end)
      }
      const before = process.memoryUsage().arrayBuffers
      const items = await gather('-', { ...limits, format, input: Readable.from(input()) })
      expect(items.map(outcome)).toEqual(['too-large', ...after])
      // 120 MB went by; a reader that gathers them holds more than this.
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100e6)
      if (after.length === 0) expect(taken.pieces).toBeLessThan(100)
    },
  )
})

describe('depth without end', () => {
  it.each([
    ['a.json', '['.repeat(100_000)],
    ['a.jsonl', `{"text":${'['.repeat(100_000)}\n`],
    ['a.html', `${'<div>'.repeat(50_000)}深处`],
    ['a.md', `${'> '.repeat(1000)}深处`],
    [
      'a.docx',
      zip({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w:p>'.repeat(50_000) }),
    ],
  ])('is read or reported: %s', async (name, content) => {
    folder.put(name, content)
    folder.put('zz.txt', '正文')
    const items = await gather(folder.path)
    expect(items).toHaveLength(2)
    expect(outcome(items[1]!)).toBe('zz.txt')
  })

  it('in links that lead round in a circle ends', async () => {
    mkdirSync(join(folder.path, 'a'))
    mkdirSync(join(folder.path, 'b'))
    symlinkSync(join(folder.path, 'b'), join(folder.path, 'a/b'))
    symlinkSync(join(folder.path, 'a'), join(folder.path, 'b/a'))
    folder.put('a/x.txt', '正文')
    const outcomes = (await gather(folder.path)).map(outcome)
    expect(outcomes.filter((code) => code === 'loop').length).toBeGreaterThan(0)
    expect(outcomes.filter((id) => id?.endsWith('x.txt'))).toHaveLength(1)
  })
})

describe('a file that changes while it is read', () => {
  const lines = (count: number) =>
    Array.from({ length: count }, (_, i) => `{"id":"d${i}","text":"文"}\n`).join('')

  it('line by line is named, after the lines that were there', async () => {
    const path = folder.put('a.jsonl', lines(50_000))
    const outcomes: (string | undefined)[] = []
    for await (const item of readPath(path)) {
      if (outcomes.length === 0) appendFileSync(path, lines(1))
      outcomes.push(outcome(item))
    }
    expect(outcomes.slice(0, 2)).toEqual(['d0', 'd1'])
    expect(outcomes.at(-1)).toBe('changed')
  })

  it('is read again as a whole', async () => {
    const path = folder.put('a.txt', '旧文'.repeat(400_000))
    let grown = false
    const items = await gather(path, {
      onProgress: () => {
        if (grown) return
        grown = true
        appendFileSync(path, '新')
      },
    })
    expect(grown).toBe(true)
    expect(items[0]?.document?.paragraphs[0]?.text.endsWith('新')).toBe(true)
  })

  it('or vanishes after it was found is named', async () => {
    // A few files are opened before it is their turn: the last one is not among them.
    const names = Array.from({ length: 9 }, (_, i) => `${i}.txt`)
    for (const name of names) folder.put(name, '正文')
    const outcomes: (string | undefined)[] = []
    for await (const item of readPath([folder.path])) {
      if (outcomes.length === 0) rmSync(join(folder.path, '8.txt'))
      outcomes.push(outcome(item))
    }
    expect(outcomes).toEqual([...names.slice(0, 8), 'not-found'])
  })
})
