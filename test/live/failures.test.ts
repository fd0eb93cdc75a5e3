/** What goes wrong says what and where, and leaves what was committed as it was. */

import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type LiveIndex,
  LiveReader,
  openLiveIndex,
  openLiveSnapshot,
  verifyLiveIndex,
} from '@wenxun/node'
import { createAnalyzer } from '@wenxun/tokenizer'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { kindsIn } from '../support/live.js'
import { analyzer, documentsOf, find } from '../support/notation.js'

let folder = ''
let directory = ''
let tests = 0
const opened: LiveIndex[] = []
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wenxun-live-'))
})
beforeEach(() => {
  directory = join(folder, String(tests++))
})
afterAll(async () => {
  for (const live of opened) await live.close()
  rmSync(folder, { recursive: true, force: true })
})

async function open(): Promise<LiveIndex> {
  const live = await openLiveIndex(directory, { analyzer, backgroundMerge: false })
  opened.push(live)
  return live
}

/** A committed index of three segments, one with a deletion; closed. */
async function made(): Promise<void> {
  const live = await open()
  for (const line of ['a: 法治政府', 'b: 政府建设 | 行政复议', 'c: 法治建设']) {
    live.upsert(documentsOf(line))
    await live.commit()
  }
  live.upsert(documentsOf('b: 政府公开'))
  await live.commit()
  await live.close()
}

const filesOf = (ending: string) =>
  readdirSync(directory)
    .filter((name) => name.endsWith(ending))
    .sort()

const flip = (path: string, at: number) => {
  const bytes = readFileSync(path)
  bytes[at] = bytes[at]! ^ 0x20
  writeFileSync(path, bytes)
}

const codeOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    return `${(error as { code: string }).code}: ${(error as Error).message}`
  }
  return 'no error'
}

describe('a commit', () => {
  it('is all there is after the process is gone', async () => {
    const live = await open()
    live.upsert(documentsOf('a: 法治政府'))
    await live.commit()
    live.upsert(documentsOf('b: 法治建设'))
    await live.flush()
    live.delete('a')
    expect(find(openLiveSnapshot(directory).index, '法治')).toBe('a.0')
    await live.close()
    expect(find(openLiveSnapshot(directory).index, '法治')).toBe('a.0')
    expect(kindsIn(directory)).toBe('*.wx manifest.json')
  })

  it('that fails changes nothing, and the next one has all of it', async () => {
    const live = await open()
    live.upsert(documentsOf('a: 法治政府'))
    await live.commit()
    live.upsert(documentsOf('b: 法治建设'))
    live.delete('a')
    // Where the segment would go stands something else.
    const taken = join(directory, '00000002.wx')
    mkdirSync(taken)
    await expect(live.commit()).rejects.toThrow('EISDIR')
    expect(find(live.snapshot(), '法治')).toBe('a.0')
    expect(find(openLiveSnapshot(directory).index, '法治')).toBe('a.0')
    live.upsert(documentsOf('c: 法治'))
    await live.commit()
    expect(find(live.snapshot(), '法治')).toBe('c.0 b.0')
    await live.close()
    rmdirSync(taken)
    verifyLiveIndex(directory)
  })

  it('without a change writes nothing', async () => {
    await made()
    const before = readFileSync(join(directory, 'manifest.json'))
    const live = await open()
    live.delete(['nobody'])
    await live.commit()
    await live.close()
    expect(readFileSync(join(directory, 'manifest.json'))).toEqual(before)
  })

  it('of a document that cannot be indexed is refused when it is given', async () => {
    const live = await open()
    expect(() => live.upsert([{ id: '', paragraphs: [] }])).toThrow('id must be')
    await live.close()
    expect(codeOf(() => live.upsert([]))).toMatch(/^CLOSED/)
  })
})

describe('readers', () => {
  it('keep what they opened, and open the last commit while the writer goes on', async () => {
    const live = await open()
    const reader = new LiveReader(await made0(live))
    const first = live.snapshot()
    for (let i = 0; i < 20; i++) {
      live.upsert(documentsOf(`d${i}: 法治第${i}条`))
      const committed = live.commit()
      const seen = openLiveSnapshot(directory)
      expect(seen.index.search('法治').total).toBeGreaterThanOrEqual(i + 1)
      await committed
      if (i % 6 === 5) await live.merge()
      expect(reader.refresh()).toBe(true)
      expect(reader.snapshot.index.search('法治').total).toBe(i + 2)
    }
    expect(reader.refresh()).toBe(false)
    expect(first.search('法治').total).toBe(1)
    await live.close()
  })

  /** A first commit; returns the directory. */
  async function made0(live: LiveIndex): Promise<string> {
    live.upsert(documentsOf('a: 法治政府'))
    await live.commit()
    return directory
  }

  it('need no lock', async () => {
    const live = await open()
    await made0(live)
    expect(existsSync(join(directory, 'writer.lock'))).toBe(true)
    expect(find(openLiveSnapshot(directory).index, '政府')).toBe('a.0')
    await live.close()
    expect(existsSync(join(directory, 'writer.lock'))).toBe(false)
  })
})

describe('what a killed writer leaves', () => {
  it('is passed over by readers and taken away by the next writer', async () => {
    await made()
    for (const name of ['manifest.json.tmp', '00000099.wx', '00000098.gone']) {
      writeFileSync(join(directory, name), 'half')
    }
    writeFileSync(join(directory, 'notes.txt'), 'mine')
    verifyLiveIndex(directory)
    const live = await open()
    expect(kindsIn(directory)).toBe('*.gone *.wx manifest.json notes.txt writer.lock')
    expect(filesOf('99.wx')).toEqual([])
    expect(find(live.snapshot(), '政府')).toBe('b.0 a.0')
    await live.close()
  })

  it.each([
    ['is of a process that is gone', { pid: 0x3ffffff, host: hostname(), started: '' }],
    [
      'is of an earlier process of the same number',
      { pid: process.pid, host: hostname(), started: 'x' },
    ],
  ])('a lock that %s gives way', async (_, holder) => {
    await made()
    writeFileSync(join(directory, 'writer.lock'), JSON.stringify({ token: 't', ...holder }))
    const live = await open()
    live.delete('a')
    await live.commit()
    await live.close()
    expect(kindsIn(directory)).toBe('*.gone *.wx manifest.json')
  })
})

describe('a second writer', () => {
  it('is told who writes', async () => {
    await made()
    const live = await open()
    await expect(open()).rejects.toMatchObject({
      code: 'LOCKED',
      message: expect.stringContaining(`process ${process.pid} on ${hostname()}`),
    })
    await live.close()
    await (await open()).close()
  })

  it('on another machine counts as alive', async () => {
    await made()
    const holder = { token: 't', pid: 1, host: 'elsewhere', started: '', since: 'yesterday' }
    writeFileSync(join(directory, 'writer.lock'), JSON.stringify(holder))
    await expect(open()).rejects.toMatchObject({ code: 'LOCKED' })
  })

  it('that takes the lock away keeps the first from committing', async () => {
    const live = await open()
    live.upsert(documentsOf('a: 法治'))
    writeFileSync(join(directory, 'writer.lock'), '{}')
    await expect(live.commit()).rejects.toMatchObject({ code: 'LOCKED' })
    expect(openLiveSnapshot(directory).generation).toBe(0)
    await live.close()
  })
})

describe('a damaged directory', () => {
  const damages: [string, RegExp, (path: string) => void][] = [
    [
      'a segment that is gone',
      /^CORRUPT: .*00000001\.wx is damaged/,
      (d) => rmSync(join(d, '00000001.wx')),
    ],
    [
      'a segment cut short',
      /^TRUNCATED: .*00000001\.wx has \d+ bytes/,
      (d) => truncateSync(join(d, '00000001.wx'), 99),
    ],
    [
      'a changed byte in a segment',
      /^CORRUPT: .*00000001\.wx/,
      (d) => flip(join(d, '00000001.wx'), 900),
    ],
    [
      'a changed list of deletions',
      /^CORRUPT: .*\.gone is damaged: its checksum/,
      (d) => flip(join(d, filesOf('.gone')[0]!), 5),
    ],
    [
      'a list of deletions that is gone',
      /^CORRUPT: .*\.gone is damaged/,
      (d) => rmSync(join(d, filesOf('.gone')[0]!)),
    ],
    [
      'a changed manifest',
      /^CORRUPT: .*manifest\.json is damaged/,
      (d) => flip(join(d, 'manifest.json'), 60),
    ],
    [
      'a manifest cut short',
      /^CORRUPT: .*manifest\.json is damaged: it is not JSON/,
      (d) => truncateSync(join(d, 'manifest.json'), 50),
    ],
    [
      'an empty manifest',
      /^CORRUPT: .*manifest\.json/,
      (d) => truncateSync(join(d, 'manifest.json'), 0),
    ],
    [
      'a manifest with more behind it',
      /^CORRUPT: .*manifest\.json/,
      (d) => appendFileSync(join(d, 'manifest.json'), '{}'),
    ],
    [
      'no manifest',
      /^NOT_AN_INDEX: .*has no manifest\.json/,
      (d) => rmSync(join(d, 'manifest.json')),
    ],
  ]

  it.each(damages)('%s is named', async (_, expected, damage) => {
    await made()
    damage(directory)
    expect(codeOf(() => verifyLiveIndex(directory))).toMatch(expected)
    expect(codeOf(() => openLiveSnapshot(directory))).toMatch(expected)
  })

  it('two segments of one size in each other’s place are told', async () => {
    const live = await open()
    for (const line of ['a: 法治政府', 'b: 法治政府']) {
      live.upsert(documentsOf(line))
      await live.commit()
    }
    await live.close()
    const [first, second] = filesOf('.wx').map((name) => join(directory, name)) as [string, string]
    const [one, other] = [readFileSync(first), readFileSync(second)]
    expect(one.length).toBe(other.length)
    writeFileSync(first, other)
    writeFileSync(second, one)
    expect(codeOf(() => openLiveSnapshot(directory))).toMatch(/^CORRUPT: .*\.wx is damaged: its/)
    await expect(open()).rejects.toMatchObject({ code: 'CORRUPT' })
  })

  it.each(['../../etc/passwd', '00000001.wx/../x', 'x.wx'])(
    'a manifest that names %s is refused, whatever its checksum',
    async (name) => {
      await made()
      const { crc32 } = await import('@wenxun/core/build')
      const { checksum, ...body } = JSON.parse(
        readFileSync(join(directory, 'manifest.json'), 'utf8'),
      )
      body.segments[0].file = name
      const forged = crc32(new TextEncoder().encode(JSON.stringify(body)))
      expect(forged).not.toBe(checksum)
      const text = JSON.stringify({ ...body, checksum: forged })
      writeFileSync(join(directory, 'manifest.json'), text)
      expect(codeOf(() => openLiveSnapshot(directory))).toMatch(/^CORRUPT: .*wrong type/)
    },
  )

  it('of something else is not made an index', async () => {
    mkdirSync(directory)
    writeFileSync(join(directory, 'letter.txt'), 'dear')
    await expect(open()).rejects.toMatchObject({ code: 'NOT_AN_INDEX' })
    expect(readdirSync(directory)).toEqual(['letter.txt'])
  })

  const isRoot = process.getuid?.() === 0
  it.skipIf(isRoot || process.platform === 'win32')(
    'that is read-only can be searched',
    async () => {
      await made()
      chmodSync(directory, 0o555)
      await expect(open()).rejects.toMatchObject({ code: 'READ_ONLY' })
      expect(find(openLiveSnapshot(directory).index, '法治')).toContain('a.0')
      chmodSync(directory, 0o755)
    },
  )
  if (isRoot) console.log('skipped as root: a read-only directory')
})

it('another analyzer is refused', async () => {
  await made()
  const other = createAnalyzer({ userDictionary: '洛阳大张 100' })
  await expect(openLiveIndex(directory, { analyzer: other })).rejects.toMatchObject({
    code: 'WRONG_ANALYZER',
  })
  await (await open()).close()
})
