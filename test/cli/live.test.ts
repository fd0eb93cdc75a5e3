/** `wenxun add`, `delete`, `merge`, and the other commands on the directory of a live index. */

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type SearchJson, seeds, useFolder, wenxun } from './wenxun.js'

const inFolder = useFolder()

const json = (...args: string[]) => JSON.parse(wenxun([...args, '--json']).stdout)
const found = (directory: string, query: string): string[] => {
  const { hits } = json('search', directory, query) as SearchJson
  return hits.map(({ document, paragraph }) => `${document.id}.${paragraph}`)
}

describe('a live index of the seeds', () => {
  let live = ''
  beforeAll(() => {
    live = inFolder('live')
    for (const path of seeds) expect(wenxun(['add', live, path, '--quiet']).code).toBe(0)
  })

  it('answers as an index file of the same documents does', () => {
    const file = inFolder('seeds.wx')
    expect(wenxun(['build', ...seeds, '-o', file]).code).toBe(0)
    for (const query of ['法治政府建设', '行政复议有哪些工作', 'fazhi', '軟體']) {
      const [a, b] = [live, file].map((path) => json('search', path, query))
      expect({ ...a, took_ms: 0 }).toEqual({ ...b, took_ms: 0 })
    }
    const [a, b] = [live, file].map((path) => json('inspect', path))
    for (const key of ['documents', 'paragraphs', 'terms', 'fields', 'top_terms', 'analyzer']) {
      expect(a[key]).toEqual(b[key])
    }
  })

  it('is sound', () => {
    expect(wenxun(['verify', live])).toMatchObject({ code: 0, stdout: /: sound/ })
  })

  it('takes a document in the place of the one with its id', () => {
    const before = json('inspect', live)
    const report = json('add', live, seeds[0]!)
    expect(report).toMatchObject({ added: 1, removed: 1, documents: 5, problems: [] })
    expect(json('inspect', live).paragraphs).toBe(before.paragraphs)
  })

  it('loses a document by its id, and says which are not there', () => {
    const [hit] = found(live, '法治政府建设')
    const id = hit!.replace(/\.\d+$/, '')
    const { code, stdout, stderr } = wenxun(['delete', live, id, 'nobody'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Removed 1 document; .* holds 4 in \d segments? /)
    expect(stderr).toContain('not there: 1 document (nobody)')
    expect(found(live, '法治政府建设').some((place) => place.startsWith(id))).toBe(false)
    expect(wenxun(['delete', live, id]).code).toBe(1)
  })

  it('is one segment after a merge, which is an index file of its own', () => {
    const before = found(live, '行政执法')
    expect(json('merge', live)).toMatchObject({ segments: 1, documents: 4 })
    expect(found(live, '行政执法')).toEqual(before)
    const [segment] = readdirSync(live).filter((name) => name.endsWith('.wx'))
    expect(found(join(live, segment!), '行政执法')).toEqual(before)
    expect(wenxun(['verify', live]).code).toBe(0)
  })
})

describe('JSON lines', () => {
  it('are added in one commit, and a later line of an id wins', () => {
    const lines = [
      { id: 'a', text: '法治政府' },
      { id: 'b', text: '法治建设' },
      { id: 'a', text: '依法行政' },
    ]
    const path = inFolder('lines.jsonl')
    writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    expect(json('add', inFolder('lines'), path)).toMatchObject({ documents: 2, generation: 1 })
    expect(found(inFolder('lines'), '法治')).toEqual(['b.0'])
    expect(found(inFolder('lines'), '依法')).toEqual(['a.0'])
  })
})

describe('what cannot be done', () => {
  it('is said in a sentence, with exit code 2', () => {
    mkdirSync(inFolder('other'))
    writeFileSync(inFolder('other/letter.txt'), '法治')
    const cases: [string[], RegExp][] = [
      [['add', inFolder('new'), inFolder('nothing')], /nothing: no such file or folder/],
      [['add', inFolder('other'), seeds[0]!], /not empty and not a live index/],
      [['delete', inFolder('other'), 'a'], /not a live index/],
      [['merge', inFolder('nowhere')], /not a live index/],
      [['search', inFolder('other'), '法治'], /is a directory, not an index/],
      [['watch', inFolder('other'), '-o', inFolder('other/live')], /in the folder that is watched/],
      [['watch', inFolder('nowhere'), '-o', inFolder('w')], /no such folder/],
    ]
    for (const [args, message] of cases) {
      const { code, stderr } = wenxun(args)
      expect(stderr).toMatch(message)
      expect(code).toBe(2)
    }
  })

  it('while another process writes names that process', () => {
    const live = inFolder('locked')
    expect(wenxun(['add', live, seeds[0]!]).code).toBe(0)
    const holder = { token: 't', pid: process.pid, host: hostname(), started: '', since: 'now' }
    writeFileSync(join(live, 'writer.lock'), JSON.stringify(holder))
    const { code, stderr } = wenxun(['add', live, seeds[1]!])
    expect(stderr).toContain(`is being written by process ${process.pid}`)
    expect(code).toBe(2)
    expect(found(live, '法治').length).toBeGreaterThan(0)
  })

  it('leaves the index as it was when no file could be read', () => {
    const live = inFolder('kept')
    expect(wenxun(['add', live, seeds[0]!]).code).toBe(0)
    const before = readFileSync(join(live, 'manifest.json'), 'utf8')
    writeFileSync(inFolder('image.png'), new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 0]))
    const { code, stderr } = wenxun(['add', live, inFolder('image.png')])
    expect(stderr).toContain('Found nothing to add; the index is as it was.')
    expect(code).toBe(2)
    expect(readFileSync(join(live, 'manifest.json'), 'utf8')).toBe(before)
  })
})

describe('--lean', () => {
  it('makes an index that stays lean when it is added to and merged', () => {
    const live = inFolder('lean')
    expect(wenxun(['add', live, seeds[0]!, '--lean', '--quiet']).code).toBe(0)
    expect(wenxun(['add', live, seeds[1]!, '--quiet']).code).toBe(0)
    expect(json('inspect', live)).toMatchObject({ documents: 2, profile: 'lean' })
    expect(json('merge', live)).toMatchObject({ segments: 1 })
    const file = inFolder('lean.wx')
    expect(wenxun(['build', ...seeds.slice(0, 2), '-o', file, '--lean']).code).toBe(0)
    const [merged, built] = [live, file].map((path) => json('inspect', path))
    expect(merged.profile).toBe('lean')
    expect(merged.terms).toBe(built.terms)
    expect(wenxun(['verify', live]).code).toBe(0)
  })

  it('is refused for an index that was made without', () => {
    const live = inFolder('complete')
    expect(wenxun(['add', live, seeds[0]!, '--quiet']).code).toBe(0)
    const { code, stderr } = wenxun(['add', live, seeds[1]!, '--lean'])
    expect(code).toBe(2)
    expect(stderr).toMatch(/is a complete index and stays one/)
    expect(json('inspect', live)).toMatchObject({ documents: 1, profile: 'complete' })
  })
})
