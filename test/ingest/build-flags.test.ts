/** What `wenxun build` says of files that it could not read, and of what reading changed. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bytesIn } from '../../packages/ingest/fixtures/encode.js'
import { useTestFolder } from '../../packages/ingest/fixtures/folder.js'
import { makeDocx, zip } from '../../packages/ingest/fixtures/make-docx.js'
import { typeset } from '../../packages/ingest/fixtures/make-pdf.js'
import { root, seeds, wenxun } from '../cli/wenxun.js'

const folder = useTestFolder()
const output = () => join(folder.path, 'out.wx')
const build = (...args: string[]) => wenxun(['build', ...args, '-o', output()])

const broken = Buffer.concat([Buffer.from('行政复议案件'.repeat(30)), Buffer.from([0xff, 0x20])])

describe('files that cannot be read', () => {
  it('are named with offset and guess, counted at the end, and do not fail the build', () => {
    folder.put('in/good.txt', '依法行政')
    folder.put('in/bad.txt', broken)
    folder.put('in/picture.png', Buffer.from('89504e470d0a1a0a0000', 'hex'))
    const { code, stdout, stderr } = build(join(folder.path, 'in'))
    expect(code).toBe(0)
    expect(stderr).toMatch(/bad\.txt: not valid utf-8 at byte 540/)
    expect(stderr).toContain('picture.png')
    expect(stdout).toContain('Skipped: 2 items (1 encoding, 1 binary), named above.')
  })

  it('fail it with --strict, and nothing is written', () => {
    folder.put('in/good.txt', '依法行政')
    folder.put('in/bad.txt', broken)
    const { code, stdout, stderr } = build(join(folder.path, 'in'), '--strict')
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('bad.txt')
    expect(stderr).toContain('1 problem (1 encoding); no index was written.')
    expect(existsSync(output())).toBe(false)
  })

  it('leave --strict alone when there are none', () => {
    expect(build(...seeds, '--strict').code).toBe(0)
  })

  it('have their guess in the JSON', () => {
    folder.put('in/good.txt', 'ok')
    folder.put('in/bad.txt', bytesIn('gb18030', 'ok 行政复议案件办结率'))
    const { stdout } = build(join(folder.path, 'in'), '--encoding', 'utf-8', '--json')
    expect(JSON.parse(stdout).problems).toMatchObject([
      { code: 'encoding', offset: 3, guess: 'gb18030' },
    ])
  })
})

describe('--encoding', () => {
  it('overrides what the bytes look like', () => {
    folder.put('a.txt', bytesIn('shift_jis', '日本語の文書'))
    expect(build(join(folder.path, 'a.txt'), '--encoding', 'Shift_JIS').code).toBe(0)
    expect(wenxun(['search', output(), '日本語']).code).toBe(0)
  })

  it('that nobody knows is an error of the command line', () => {
    const { code, stderr } = build(...seeds, '--encoding', 'klingon')
    expect(code).toBe(2)
    expect(stderr).toContain('no encoding "klingon"')
  })
})

describe('--show-removed', () => {
  it('lists the lines taken out and the places mended, document by document', () => {
    const { stdout } = build(...seeds, '--show-removed')
    expect(stdout).toMatch(/001_\w+\.txt \(report\): 1 line taken out, 2 repairs/)
    expect(stdout).toMatch(/ 51 +page tools +扫一扫在手机打开当前页/)
    expect(stdout).toMatch(/ 19 +page break +建设工作⏎会议，把 → 建设工作会议，把/)
  })

  it('is part of the JSON', () => {
    const { removed } = JSON.parse(build(...seeds, '--show-removed', '--json').stdout)
    expect(removed).toHaveLength(5)
    expect(removed[0].removed[0]).toMatchObject({ line: 1, reason: 'breadcrumb' })
  })

  it('says when nothing was', () => {
    const { stdout } = build(folder.put('a.txt', '正文'), '--show-removed')
    expect(stdout).toContain('Nothing was taken out')
  })
})

describe('paths', () => {
  it('may be a pattern, with files left out', () => {
    for (const name of ['a.txt', 'b.txt', 'c.md']) folder.put(`in/${name}`, '依法行政')
    const { stdout } = build(join(folder.path, 'in/*.{txt,md}'), '--ignore', 'b.*')
    expect(stdout).toContain('Indexed 2 documents')
  })

  it('may be standard input', () => {
    const args = [join(root, 'packages/cli/bin/wenxun.js'), 'build', '-', '-o', output()]
    const { status, stdout } = spawnSync(process.execPath, args, {
      input: bytesIn('gb18030', '各县区应当依法行政,落实责任。'),
      encoding: 'utf8',
    })
    expect(status).toBe(0)
    expect(stdout).toContain('Indexed 1 document, 1 paragraph (29 B')
  })

  it('may lead to Word files, PDFs, tables and archives of these', () => {
    folder.put('in/a.docx', makeDocx([{ text: '出庭应诉' }]))
    folder.put('in/b.pdf', typeset(['行政复议案件办结']))
    folder.put('in/c.csv', '编号,正文\n7,公开征求意见\n')
    folder.put('in/d.zip', zip({ '附件.pdf': typeset(['名词解释如下']) }))
    const { code, stderr } = build(join(folder.path, 'in'), '--fields', 'id=编号,text=正文')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    for (const query of ['出庭应诉', '复议案件', '征求意见', '名词解释']) {
      expect(wenxun(['search', output(), query]).code, query).toBe(0)
    }
  })
})
