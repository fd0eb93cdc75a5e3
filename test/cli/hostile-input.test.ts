/**
 * Files that nobody writes by hand, through every command that reads some: a paragraph of 10 MB,
 * keys that mean something to an object, an id twice, and nothing at all in every format.
 */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openIndex, openRemoteIndex, type SearchResult } from '@wenxun/core'
import { openLiveSnapshot, verifyLiveIndex } from '@wenxun/node'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Run, useFolder, wenxun } from './wenxun.js'

const inFolder = useFolder()
const SENTENCE = '全面推进依法行政，建设法治政府。'
const LONG = `${SENTENCE.repeat(10_000_000 / 48)}独一无二`
const EMPTY = ['txt', 'md', 'html', 'csv', 'json', 'jsonl'].map((ending) => `empty.${ending}`)

/** JSON as text: an object literal would set the prototype. */
const KEYS = `
  {"id":"keys","text":"原型测试","meta":{"__proto__":"甲","constructor":"乙","toString":"丙"}}
  {"id":"__proto__","title":"constructor","text":"原型为名"}
`
const files: Readonly<Record<string, string>> = {
  'long.txt': `${LONG}\n`,
  'keys.jsonl': KEYS.trim().replace(/^ +/gm, ''),
  'twice.jsonl': '{"id":"twice","text":"第一份"}\n{"id":"twice","text":"第二份"}\n',
  'nothing.jsonl': '{"id":"nothing","text":""}\n',
  'list.json': '[]',
  'mark.txt': '\ufeff',
  'blank.txt': ' \n\n\t\n　\n',
  ...Object.fromEntries(EMPTY.map((name) => [name, ''])),
}

const page = (title: string, body: string) =>
  `<!doctype html><html lang="zh"><title>${title}</title><body>${body}</body></html>`
const pages: Readonly<Record<string, string>> = {
  'long.html': page('长页', `<p>${LONG}</p>`),
  'keys.html': page(
    '原型页',
    '<p data-pagefind-meta="__proto__:甲" data-pagefind-filter="constructor:乙">原型测试</p>' +
      '<h2 id="__proto__">标题</h2><p>原型为名</p>',
  ),
  'empty.html': '',
  'blank.html': page('', ''),
}

/** Writes files into a folder of the test; returns its path. */
function folderOf(name: string, contents: Readonly<Record<string, string>>): string {
  const folder = inFolder(name)
  mkdirSync(folder)
  for (const [file, text] of Object.entries(contents)) writeFileSync(join(folder, file), text)
  return folder
}

const idsIn = ({ hits }: SearchResult) => hits.map(({ document }) => document.id).sort()

/** What every index of the files finds, whichever command made it. */
function expectFound(search: (query: string) => SearchResult, kept: '第一份' | '第二份'): void {
  const [long] = search('"独一无二"').hits
  expect(long!.document.id).toBe('long.txt')
  expect(long!.text.length).toBe(LONG.length)
  expect(long!.highlights).toEqual([[LONG.length - 4, LONG.length]])
  const named = search('"原型"').hits.map(({ document }) => document)
  expect(named.find(({ id }) => id === '__proto__')?.title).toBe('constructor')
  const keys = named.find(({ id }) => id === 'keys')
  expect(Object.entries(keys!.meta).sort()).toEqual([
    ['__proto__', '甲'],
    ['constructor', '乙'],
    ['toString', '丙'],
  ])
  expect(search('"第一份"').total + search('"第二份"').total).toBe(1)
  expect(idsIn(search(`"${kept}"`))).toEqual(['twice'])
  expect(({} as Record<string, unknown>)['甲']).toBeUndefined()
}

describe('a folder of hostile files', () => {
  let folder = ''
  beforeAll(() => {
    folder = folderOf('files', files)
  })

  function expectNamed({ code, stderr }: Run): void {
    expect(code, stderr).toBe(0)
    for (const name of [...EMPTY, 'mark.txt', 'blank.txt']) expect(stderr).toContain(name)
  }

  it('is built: what is empty is named, and of an id twice the first stays', () => {
    const run = wenxun(['build', folder, '-o', inFolder('index.wx')])
    expectNamed(run)
    expect(run.stderr).toContain('Two documents have the id "twice"')
    const index = openIndex(readFileSync(inFolder('index.wx')))
    index.verify()
    expectFound((query) => index.search(query), '第一份')
  })

  it('is added: what is empty is named, and of an id twice the last stays', () => {
    expectNamed(wenxun(['add', inFolder('live'), folder]))
    verifyLiveIndex(inFolder('live'))
    const { index } = openLiveSnapshot(inFolder('live'))
    expectFound((query) => index.search(query), '第二份')
  })

  it('of nothing but empty files makes no index, and says so', () => {
    const nothing = folderOf('nothing', Object.fromEntries(EMPTY.map((name) => [name, ''])))
    const build = wenxun(['build', nothing, '-o', inFolder('none.wx')])
    expect(build.code).toBe(2)
    expect(build.stderr).toContain('Found nothing to index; no index was written.')
    expect(wenxun(['site', nothing]).code).toBe(2)
    expect(existsSync(inFolder('none.wx'))).toBe(false)
    expect(existsSync(join(nothing, 'wenxun'))).toBe(false)
    expect(wenxun(['add', inFolder('none'), nothing]).code).toBe(2)
  })
})

it('a site of hostile pages is bundled and searched', async () => {
  const site = folderOf('site', pages)
  const { code, stderr } = wenxun(['site', site, '--no-ui'])
  expect(code, stderr).toBe(0)
  const index = await openRemoteIndex((name) => readFile(join(site, 'wenxun', name)))
  const { hits } = await index.search('"独一无二"')
  expect(hits.map(({ document }) => document.id)).toEqual(['long.html'])
  expect(idsIn(await index.search('"原型"'))).toContain('keys.html')
  const [hit] = (await index.search('"原型测试"', { filter: { constructor: '乙' } })).hits
  // A page may have every field but `__proto__`.
  expect(Object.entries(hit!.document.meta)).toEqual([
    ['lang', 'zh'],
    ['constructor', '乙'],
  ])
})
