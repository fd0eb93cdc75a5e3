import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import iconv from 'iconv-lite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readPath } from './read-path.js'
import type { ReadItem, ReadOptions, ReadProgress, TextProfile } from './types.js'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'wenxun-ingest-'))
})
afterEach(() => {
  rmSync(root, { recursive: true, force: true })
})

function put(path: string, content: string | Uint8Array): string {
  const full = join(root, path)
  mkdirSync(dirname(full), { recursive: true })
  writeFileSync(full, content)
  return full
}

async function gather(
  paths: string | string[] = root,
  options: ReadOptions = {},
): Promise<ReadItem[]> {
  const items: ReadItem[] = []
  for await (const item of readPath(paths, options)) items.push(item)
  return items
}

const outcome = (item: ReadItem) => item.document?.id ?? item.problem?.code

describe('folders', () => {
  it('are read in one order, hidden files and node_modules left out', async () => {
    for (const path of [
      'b/2.txt',
      'b/10.txt',
      'a.txt',
      'c.md',
      '.git/x.txt',
      'node_modules/y.md',
      '.z.txt',
    ]) {
      put(path, '正文')
    }
    expect((await gather()).map(outcome)).toEqual(['a.txt', 'b/10.txt', 'b/2.txt', 'c.md'])
  })

  it('give ids below what all paths share, each file once', async () => {
    const a = put('x/a.txt', '甲')
    const b = put('y/b.txt', '乙')
    expect((await gather([a, join(root, 'y'), a])).map(outcome)).toEqual(['x/a.txt', 'y/b.txt'])
    expect((await gather(b)).map(outcome)).toEqual(['b.txt'])
    expect((await gather([a, b])).map(outcome)).toEqual(['x/a.txt', 'y/b.txt'])
  })

  it('report links that lead back, and go on', async () => {
    put('in/a.txt', '甲')
    symlinkSync(root, join(root, 'in/up'))
    symlinkSync(join(root, 'self'), join(root, 'self'))
    symlinkSync(join(root, 'gone'), join(root, 'dangling'))
    expect((await gather()).map(outcome).sort()).toEqual(['in/a.txt', 'loop', 'loop', 'not-found'])
  })

  it.skipIf(process.platform === 'win32')('do not wait for a pipe', async () => {
    execFileSync('mkfifo', [join(root, 'pipe')])
    expect((await gather()).map(outcome)).toEqual(['unreadable'])
  })

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'name what may not be read',
    async () => {
      chmodSync(put('secret.txt', '密'), 0)
      const [item] = await gather()
      expect(item?.problem?.message).toMatch(/permission denied/)
    },
  )
})

describe('files that are no text', () => {
  it.each([
    ['binary', 'a.png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), /PNG/],
    ['corrupt', 'a.txt', Buffer.from('%PDF-1.7\n...'), /PDF/],
    ['corrupt', 'a.docx', Buffer.from('PK\x03\x04....'), /archive is damaged/],
    ['binary', 'a.txt', Buffer.from([1, 2, 0, 3, 0xfe, 0, 9]), /binary/],
    ['empty', 'a.txt', Buffer.alloc(0), /no bytes/],
    ['empty', 'a.txt', Buffer.from(' \n\u3000\n'), /no text/],
    ['empty', 'a.jsonl', Buffer.from('\n\n'), /no text/],
    [
      'encoding',
      'a.txt',
      Buffer.concat([Buffer.from('行政复议'.repeat(20)), Buffer.from([0xff])]),
      /byte 240/,
    ],
    ['corrupt', 'a.txt.gz', gzipSync('文'.repeat(50_000)).subarray(0, 60), /damaged/],
  ])('are a problem of kind %s: %s', async (code, name, bytes, message) => {
    const path = put(name, bytes)
    put('good.txt', '正文')
    const items = await gather()
    expect(items.map(outcome)).toEqual([code, 'good.txt'])
    expect(items[0]?.problem?.message).toMatch(message)
    expect(items[0]?.problem?.path).toBe(path)
  })

  it('and paths that are nothing', async () => {
    mkdirSync(join(root, 'empty'))
    const items = await gather([join(root, 'none'), join(root, 'empty')])
    expect(items.map(outcome)).toEqual(['not-found', 'empty'])
  })
})

describe('encodings of files', () => {
  const text = '为了规范行政执法行为,保障公民的合法权益。各县(区)应当加强监督,落实责任。\n第二段。'

  it.each(['utf8', 'utf16le', 'gb18030'])('%s is found', async (encoding) => {
    put('a.txt', iconv.encode(text, encoding))
    const [item] = await gather()
    expect(item?.document?.paragraphs.map((paragraph) => paragraph.text)).toEqual(text.split('\n'))
  })

  it('an option overrides what the bytes suggest', async () => {
    put('a.txt', iconv.encode('中文', 'big5'))
    const [item] = await gather(root, { encoding: 'Big5' })
    expect(item).toMatchObject({
      document: { paragraphs: [{ text: '中文' }] },
      source: { encoding: 'big5-hkscs' },
    })
    expect((await gather(root, { encoding: 'klingon' })).map(outcome)).toEqual(['encoding'])
  })

  it.each(['utf16le', 'gb18030', 'utf8'])('JSONL in %s streams', async (encoding) => {
    const lines = Array.from({ length: 30_000 }, (_, i) => JSON.stringify({ id: `d${i}`, text }))
    put('a.jsonl', iconv.encode(lines.join('\n'), encoding, { addBOM: encoding !== 'gb18030' }))
    const items = await gather()
    expect(items.length).toBe(lines.length)
    expect(items.at(-1)?.document).toMatchObject({
      id: 'd29999',
      paragraphs: [{}, { text: '第二段。' }],
    })
  })
})

describe('JSONL files', () => {
  it('are unpacked, and survive bad lines, bytes and lengths', async () => {
    const good = (id: string) => Buffer.from(`${JSON.stringify({ id, text: '文' })}\n`)
    const bytes = Buffer.concat([
      good('a'),
      Buffer.from('{"id":"x","text":"\xff"}\n', 'latin1'),
      Buffer.from(`{"id":"y","text":"${'长'.repeat(500)}"}\n`),
      good('b'),
    ])
    put('a.jsonl.gz', gzipSync(bytes))
    const items = await gather(root, { maxLineBytes: 1000 })
    expect(items.map(outcome)).toEqual(['a', 'encoding', 'too-large', 'b'])
    expect(items[1]?.problem).toMatchObject({ line: 2, offset: good('a').length + 18 })
  })

  it('stop reading when the caller does', async () => {
    put('a.jsonl', `${JSON.stringify({ id: 'a', text: '文'.repeat(1000) })}\n`.repeat(5000))
    const progress: ReadProgress[] = []
    for await (const item of readPath(root, { onProgress: (state) => progress.push(state) })) {
      if (item.document) break
    }
    expect(progress.at(-1)!.bytesRead).toBeLessThan(progress.at(-1)!.totalBytes / 2)
  })

  it('give documents before a damaged end', async () => {
    const lines = Array.from({ length: 20_000 }, (_, i) =>
      JSON.stringify({ id: `d${i}`, text: `${i ** 7}` }),
    )
    const packed = gzipSync(lines.join('\n'))
    put('a.jsonl.gz', packed.subarray(0, packed.length - 1000))
    const items = await gather()
    expect(items.length).toBeGreaterThan(1000)
    expect(outcome(items.at(-1)!)).toBe('corrupt')
  })
})

describe('limits and progress', () => {
  it('a whole file above the limit is passed over', async () => {
    put('a.txt', '文'.repeat(1000))
    expect((await gather(root, { maxFileBytes: 1000 })).map(outcome)).toEqual(['too-large'])
  })

  it('progress ends at the whole', async () => {
    put('a.txt', '文')
    put('b.txt.gz', gzipSync('文'))
    const states: ReadProgress[] = []
    await gather(root, { onProgress: (state) => states.push(state) })
    const last = states.at(-1)!
    expect(last.bytesRead).toBe(last.totalBytes)
    expect([last.filesRead, last.totalFiles]).toEqual([2, 2])
    expect(states.every((state, i) => i === 0 || state.bytesRead >= states[i - 1]!.bytesRead)).toBe(
      true,
    )
  })
})

describe('profiles', () => {
  it('plain leaves a report as it stands', async () => {
    put(
      'a.txt',
      '首页 > 公开\n某县人民政府关于2024年度依法行政工作的报告\n一、甲\n政府。\n二、乙\n行政、行政、机关。',
    )
    const [report] = await gather()
    expect(report).toMatchObject({ source: { profile: 'report', removed: [{ line: 1 }] } })
    const [plain] = await gather(root, { profile: 'plain' })
    expect(plain?.document?.paragraphs[0]).toEqual({ text: '首页 > 公开' })
  })

  it('can be the caller’s own', async () => {
    put('a.txt', 'Q: 何时?\nA: 明天。')
    const questions: TextProfile = {
      name: 'questions',
      recognises: (text) => text.startsWith('Q:'),
      read: (text) => {
        const [title = '', ...answers] = text.split('\n').map((line) => line.slice(3))
        return { title, paragraphs: answers.map((answer) => ({ text: answer, heading: [title] })) }
      },
    }
    const [item] = await gather(root, { profile: questions })
    expect(item).toMatchObject({
      document: { title: '何时?', paragraphs: [{ text: '明天。', heading: ['何时?'] }] },
      source: { profile: 'questions' },
    })
  })
})
