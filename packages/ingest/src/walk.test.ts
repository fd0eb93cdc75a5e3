import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { beforeEach, describe, expect, it } from 'vitest'
import { gather, outcome, useTestFolder } from '../fixtures/folder.js'

const folder = useTestFolder()
const ids = async (...args: Parameters<typeof gather>) => (await gather(...args)).map(outcome)

beforeEach(() => {
  for (const name of ['a.txt', 'b.md', 'sub/c.txt', 'sub/deep/d.txt', 'sub/e.md', 'log/f.txt']) {
    folder.put(name, '正文')
  }
})

describe('patterns', () => {
  it.each([
    ['*.txt', ['a.txt']],
    ['**/*.txt', ['a.txt', 'log/f.txt', 'sub/c.txt', 'sub/deep/d.txt']],
    ['{sub,log}/*.txt', ['log/f.txt', 'sub/c.txt']],
    ['s*', ['sub/c.txt', 'sub/deep/d.txt', 'sub/e.md']],
  ])('%s names what it names in a shell, in the order of a folder', async (pattern, expected) => {
    expect(await ids(join(folder.path, pattern))).toEqual(expected)
  })

  it('give ids below the folder that they start in', async () => {
    expect(await ids(join(folder.path, 'sub/**/*.txt'))).toEqual(['c.txt', 'deep/d.txt'])
  })

  it('that match nothing are a missing path', async () => {
    const [item] = await gather(join(folder.path, '*.pdf'))
    expect(item?.problem).toMatchObject({ code: 'not-found', path: join(folder.path, '*.pdf') })
  })

  it('are names first: a file whose name looks like one is that file', async () => {
    folder.put('报告[1].txt', '正文')
    expect(await ids(join(folder.path, '报告[1].txt'))).toEqual(['报告[1].txt'])
  })
})

describe('ignore rules', () => {
  it('of a folder hold below it, and deeper ones add to them', async () => {
    folder.put('.wenxunignore', '# 不收\n*.md\n/log/\n')
    folder.put('sub/.wenxunignore', 'deep/\n')
    expect(await ids(folder.path)).toEqual(['a.txt', 'sub/c.txt'])
  })

  it('can take a name back, and do not hold for a file named outright', async () => {
    folder.put('.wenxunignore', '*.txt\n!a.txt\n')
    expect(await ids(folder.path)).toEqual(['a.txt', 'b.md', 'sub/e.md'])
    expect(await ids(join(folder.path, 'sub/c.txt'))).toEqual(['c.txt'])
  })

  it('of the caller hold for every folder', async () => {
    expect(await ids(folder.path, { ignore: ['*.txt', '!/a.txt'] })).toEqual([
      'a.txt',
      'b.md',
      'sub/e.md',
    ])
  })
})

describe('links', () => {
  it('to one folder by many ways are followed once', async () => {
    let inner = folder.path
    for (let depth = 0; depth < 12; depth++) {
      const next = join(folder.path, `level-${depth}`)
      mkdirSync(next)
      symlinkSync(next, join(inner, 'one'))
      symlinkSync(next, join(inner, 'two'))
      inner = next
    }
    folder.put('level-11/x.txt', '正文')
    const found = await ids(folder.path)
    expect(found.filter((id) => id?.endsWith('x.txt'))).toHaveLength(1)
  })
})

describe('standard input', () => {
  const from = (...pieces: (string | Buffer)[]) => ({ input: Readable.from(pieces) })

  it('is read as a file is: format and encoding by content', async () => {
    expect(await ids('-', from('{"id":"a","text":"一"}\n', '{"id":"b","text":"二"}\n'))).toEqual([
      'a',
      'b',
    ])
    const [page] = await gather('-', from('<!doctype html><title>题</title><p>正文'))
    expect(page).toMatchObject({ document: { id: 'stdin', title: '题' }, source: { path: '-' } })
  })

  it('goes together with files', async () => {
    expect(await ids(['-', join(folder.path, 'a.txt')], from('正文'))).toEqual(['stdin', 'a.txt'])
  })

  it('without bytes is empty', async () => {
    expect(await ids('-', { input: Readable.from([]) })).toEqual(['empty'])
  })
})
