import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkBundleFolder, writeBundleFolder } from './bundle-folder.js'

let root = ''
let folder = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'wenxun-bundle-'))
  folder = join(root, 'site/wenxun')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** A bundle of shards by their letters: `ab` has aaaaaaaa.wx and bbbbbbbb.wx. */
const write = (letters: string) =>
  writeBundleFolder(
    folder,
    new Map([
      ...[...letters].map((letter) => [`${letter.repeat(8)}.wx`, Buffer.from(letter)] as const),
      ['wenxun.json', Buffer.from(`{"wenxun":1,"core":"${letters}"}`)],
    ]),
  )
const shards = () =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.wx'))
    .map((name) => name[0])
    .join('')
const manifest = () => readFileSync(join(folder, 'wenxun.json'), 'utf8')

describe('the folder of a bundle', () => {
  it('is made, and holds the files and nothing of the work', () => {
    expect(write('ab')).toEqual({ files: 3, bytes: 26, written: 3, removed: 0 })
    expect(readdirSync(folder)).toEqual([
      '.wenxun-files',
      'aaaaaaaa.wx',
      'bbbbbbbb.wx',
      'wenxun.json',
    ])
    expect(readdirSync(join(root, 'site'))).toEqual(['wenxun'])
  })

  it('takes away what a killed run left beside it, once that is old', () => {
    const left = ['old', 'young'].map((age, i) => {
      const path = join(root, `site/.wenxun.00000000-0000-4000-8000-00000000000${i}.tmp`)
      mkdirSync(path, { recursive: true })
      writeFileSync(join(path, 'aaaaaaaa.wx'), age)
      return path
    })
    const others = join(root, 'site/.wenxun.mine.tmp')
    mkdirSync(others)
    const twoHoursAgo = Date.now() / 1000 - 7200
    for (const path of [left[0]!, others]) utimesSync(path, twoHoursAgo, twoHoursAgo)
    write('ab')
    expect([...left, others].map((path) => existsSync(path))).toEqual([false, true, true])
  })

  it('keeps the shards of the last bundle for one more', () => {
    write('ab')
    expect(write('bc')).toMatchObject({ written: 2, removed: 0 })
    expect(shards()).toBe('abc')
    expect(write('bc')).toMatchObject({ written: 0, removed: 0 })
    expect(shards()).toBe('abc')
    expect(write('bd')).toMatchObject({ written: 2, removed: 1 })
    expect(shards()).toBe('bcd')
    // Back to what was there: nothing to write but the manifest.
    expect(write('bc')).toMatchObject({ written: 1, removed: 0 })
    expect(shards()).toBe('bcd')
  })

  it('keeps and takes away code of the search box as it does shards', () => {
    const code = (hash: string) => `wenxun-core-${hash.repeat(8)}.js`
    const files = (hash: string) =>
      new Map(
        [code(hash), 'wenxun-search.js', 'wenxun.json'].map((name) => [name, Buffer.from(hash)]),
      )
    const names = () => readdirSync(folder).filter((name) => name.endsWith('.js'))
    writeBundleFolder(folder, files('a'))
    writeFileSync(join(folder, 'wenxun-mine.js'), 'not ours')
    writeBundleFolder(folder, files('b'))
    expect(names()).toEqual([code('a'), code('b'), 'wenxun-mine.js', 'wenxun-search.js'])
    writeBundleFolder(folder, files('c'))
    expect(names()).toEqual([code('b'), code('c'), 'wenxun-mine.js', 'wenxun-search.js'])
  })

  it('keeps what others put there, whatever its name or the record says', () => {
    write('a')
    writeFileSync(join(folder, 'robots.txt'), '')
    writeFileSync(join(folder, 'ffffffff.wx'), 'not ours')
    writeFileSync(join(root, 'site/eeeeeeee.wx'), 'not ours')
    const record = {
      current: ['robots.txt', '../eeeeeeee.wx', '../../a', 7],
      previous: 'aaaaaaaa.wx',
    }
    writeFileSync(join(folder, '.wenxun-files'), JSON.stringify(record))
    write('b')
    write('c')
    write('d')
    expect(readdirSync(folder)).toContain('robots.txt')
    expect(shards()).toBe('acdf')
    expect(existsSync(join(root, 'site/eeeeeeee.wx'))).toBe(true)
  })

  it('still holds the old bundle when the new one cannot be put there', () => {
    write('ab')
    const before = manifest()
    mkdirSync(join(folder, 'dddddddd.wx'))
    writeFileSync(join(folder, 'dddddddd.wx/in-the-way'), '')
    expect(() => write('bcd')).toThrow(/wenxun: /)
    expect(manifest()).toBe(before)
    expect(shards()).toMatch(/^ab/)
    expect(readdirSync(join(root, 'site'))).toEqual(['wenxun'])
    rmSync(join(folder, 'dddddddd.wx'), { recursive: true })
    write('bcd')
    write('e')
    write('f')
    expect(shards()).toBe('ef')
  })
})

describe('what is in the way of a bundle', () => {
  it('is said before the work: a file, and a wenxun.json of someone else', () => {
    mkdirSync(folder, { recursive: true })
    expect(() => checkBundleFolder(folder)).not.toThrow()
    writeFileSync(join(folder, 'wenxun.json'), '{"name":"mine"}')
    expect(() => checkBundleFolder(folder)).toThrow(/no manifest of a bundle/)
    expect(() => checkBundleFolder(join(folder, 'wenxun.json'))).toThrow(/is a file/)
    writeFileSync(join(folder, 'wenxun.json'), '{"wenxun":1}')
    expect(() => checkBundleFolder(folder)).not.toThrow()
  })
})
