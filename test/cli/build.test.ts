import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { search, seeds, useFolder, wenxun } from './wenxun.js'

const inFolder = useFolder()

it('says what it indexed: each report with its title, place, date and paragraphs', () => {
  const { code, stdout, stderr } = wenxun(['build', ...seeds, '-o', inFolder('seeds.wx')])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^Indexed 5 documents, \d+ paragraphs/)
  expect(stdout).toMatch(/郑州市人民政府2024年度法治政府建设情况报告 +郑州市 +2025-03-\d\d +\d+\n/)
  expect(stderr).toBe('')
})

it('prints one JSON object with --json, and nothing with --quiet', () => {
  const { stdout } = wenxun(['build', ...seeds, '-o', inFolder('json.wx'), '--json'])
  const report = JSON.parse(stdout)
  expect(report).toMatchObject({ documents: 5, problems: [] })
  expect(report.bytes).toBe(readFileSync(inFolder('json.wx')).length)
  expect(report.paragraphs).toBeGreaterThan(100)
  const quiet = wenxun(['build', ...seeds, '-o', inFolder('quiet.wx'), '--quiet'])
  expect(quiet).toEqual({ code: 0, stdout: '', stderr: '' })
})

it('gives the same bytes for the same input', () => {
  for (const name of ['a.wx', 'b.wx']) wenxun(['build', ...seeds, '-o', inFolder(name)])
  expect(readFileSync(inFolder('a.wx')).equals(readFileSync(inFolder('b.wx')))).toBe(true)
})

it('indexes several paths, files and folders, into one index', () => {
  const [first = ''] = seeds
  mkdirSync(inFolder('mixed'))
  writeFileSync(inFolder('mixed/notes.txt'), '晨光照进窗户。\n\n夜里下了雨。\n')
  const path = inFolder('mixed.wx')
  expect(wenxun(['build', first, inFolder('mixed'), '-o', path]).code).toBe(0)
  expect(search(path, '晨光').hits[0]?.document.id).toContain('notes.txt')
  expect(search(path, '法治政府').total).toBeGreaterThan(0)
})

it('reads JSONL by its own field names when told how they map', () => {
  const lines = [
    { docno: 'd1', body: '洛阳牡丹甲天下\n龙门石窟', heading: '洛阳', town: '洛阳市' },
    { docno: 'd2', body: '少林寺在登封', heading: '登封', town: '登封市' },
  ]
  const input = inFolder('data.jsonl')
  writeFileSync(input, lines.map((line) => JSON.stringify(line)).join('\n'))
  const path = inFolder('data.wx')
  const fields = 'id=docno,text=body,title=heading'
  expect(wenxun(['build', input, '-o', path, '--fields', fields]).code).toBe(0)
  const [hit] = search(path, '龙门').hits
  expect(hit).toMatchObject({
    document: { id: 'd1', title: '洛阳' },
    paragraph: 1,
    text: '龙门石窟',
  })
})

describe('what cannot be built', () => {
  const old = 'an index from before'

  function failedBuild(...args: string[]) {
    const output = inFolder('kept.wx')
    writeFileSync(output, old)
    const { code, stdout, stderr } = wenxun(['build', ...args, '-o', output])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(readFileSync(output, 'utf8')).toBe(old)
    return stderr
  }

  it('names a path that does not exist', () => {
    expect(failedBuild(inFolder('nowhere'))).toContain(`${inFolder('nowhere')}: no such file`)
    expect(failedBuild(...seeds, inFolder('nowhere'))).toContain('no such file or folder')
  })

  it('says that a folder holds no file it can read, and which it skipped', () => {
    mkdirSync(inFolder('empty'))
    expect(failedBuild(inFolder('empty'))).toContain(inFolder('empty'))
    mkdirSync(inFolder('pictures'))
    writeFileSync(inFolder('pictures/a.png'), Buffer.from('89504e470d0a1a0a0000000d', 'hex'))
    expect(failedBuild(inFolder('pictures'))).toContain('a.png')
  })

  it('finds out before it reads anything that the output cannot be written', () => {
    const { code, stderr } = wenxun(['build', ...seeds, '-o', inFolder('no/such/folder.wx')])
    expect(code).toBe(2)
    expect(stderr).toContain('no such directory')
    expect(existsSync(inFolder('no'))).toBe(false)
    mkdirSync(inFolder('folder'))
    expect(wenxun(['build', ...seeds, '-o', inFolder('folder')]).stderr).toContain('is a directory')
  })

  it('wants an output and a path', () => {
    expect(wenxun(['build', ...seeds]).code).toBe(2)
    expect(wenxun(['build', '-o', inFolder('x.wx')]).code).toBe(2)
  })
})

it('leaves no temporary file beside the output', () => {
  mkdirSync(inFolder('clean'))
  wenxun(['build', ...seeds, '-o', inFolder('clean/out.wx')])
  expect(readdirSync(inFolder('clean'))).toEqual(['out.wx'])
})

it('goes on past a file that it cannot read, and reports it', () => {
  mkdirSync(inFolder('half'))
  writeFileSync(inFolder('half/good.txt'), '依法行政')
  writeFileSync(inFolder('half/bad.txt'), Buffer.from([0, 1, 2, 3, 0, 0, 255, 254, 0, 7]))
  const { code, stdout, stderr } = wenxun(['build', inFolder('half'), '-o', inFolder('half.wx')])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^Indexed 1 document, 1 paragraph/)
  expect(stderr).toContain('bad.txt')
})

it('lists records of the same text by the weight they bring', () => {
  const input = inFolder('weights.jsonl')
  const filler = '热线受理群众来电'
  const records = [0.25, 1, 4].map((weight) => ({
    id: `w${weight}`,
    weight,
    paragraphs: ['行政复议决定书自受理之日起六十日内作出。', { text: filler, weight: 1 }],
  }))
  writeFileSync(input, records.map((record) => JSON.stringify(record)).join('\n'))
  const index = inFolder('weights.wx')
  expect(wenxun(['build', input, '-o', index]).code).toBe(0)
  const { hits } = search(index, '行政复议决定')
  expect(hits.map(({ document }) => document.id)).toEqual(['w4', 'w1', 'w0.25'])
})
