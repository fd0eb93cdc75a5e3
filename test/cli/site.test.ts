/** `wenxun site` as the owner of a site runs it. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { openRemoteIndex } from '@wenxun/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { bytesIn } from '../../packages/ingest/fixtures/encode.js'
import { useFolder, wenxun } from './wenxun.js'

const inFolder = useFolder()

const page = (title: string, body: string, head = '') =>
  `<!doctype html><html lang="zh-CN"><head><title>${title} - 站</title>${head}</head><body>
<header><h1>站名</h1></header><main><h1>${title}</h1>${body}</main><footer>版权所有</footer></body></html>`

const pages: Readonly<Record<string, string | Buffer>> = {
  'index.html': page('首页', '<p>欢迎来到法治政府网。</p>'),
  'guide/index.html': page(
    '指南',
    '<p data-pagefind-filter="栏目:办事">总说。</p><h2 id="net">一网通办</h2><p>网上办理，<b>一次</b>办好。</p>',
  ),
  'news/复议 2024.html': page(
    '行政复议',
    '<p data-pagefind-filter="栏目:新闻">共收到申请三百件。</p>',
  ),
  'old.html': bytesIn('big5hkscs', page('舊頁', '<p>隨機抽查</p>', '<meta charset="big5">')),
  '404.html': page('没有', '<p>没有这一页。</p>'),
  'moved.html': '<meta http-equiv="refresh" content="0;url=/guide/"><title>已移</title>',
}

function writeSite(name: string, files: Readonly<Record<string, string | Buffer>> = pages): string {
  for (const [path, content] of Object.entries(files)) {
    const full = inFolder(`${name}/${path}`)
    mkdirSync(dirname(full), { recursive: true })
    writeFileSync(full, content)
  }
  return inFolder(name)
}

const contentsOf = (folder: string) =>
  new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))] as const))

const openFolder = (bundle: string) =>
  openRemoteIndex((name) => Promise.resolve(new Uint8Array(readFileSync(join(bundle, name)))))

async function find(bundle: string, query: string) {
  const { hits } = await (await openFolder(bundle)).search(query)
  return hits.map(({ document, anchor, text }) => ({ url: document.url, anchor, text }))
}

describe('a site', () => {
  let site = ''
  let report: Record<string, unknown> = {}
  beforeAll(() => {
    site = writeSite('site')
    const { code, stdout, stderr } = wenxun(['site', site, '--json'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    report = JSON.parse(stdout)
  })

  it('is bundled into a folder of its own, with a report of what was done', () => {
    const files = contentsOf(join(site, 'wenxun'))
    expect(report).toMatchObject({
      pages: 4,
      left_out: [{ path: 'moved.html', reason: 'redirect' }],
      filters: ['栏目'],
      languages: { 'zh-cn': 4 },
      problems: [],
      removed: 0,
    })
    const bundle = [...files].filter(([name]) => name !== '.wenxun-files')
    expect(bundle.map(([name]) => name)).toEqual(
      expect.arrayContaining([
        'wenxun.json',
        'wenxun-search.js',
        expect.stringMatching(/^wenxun-core-[0-9a-f]{8}\.js$/),
      ]),
    )
    expect(report['files']).toBe(bundle.length)
    expect(report['bytes']).toBe(bundle.reduce((sum, [, { length }]) => sum + length, 0))
  })

  it('is found by what its pages say, and leads to the paragraph', async () => {
    const bundle = join(site, 'wenxun')
    expect((await find(bundle, '一次办好'))[0]).toEqual({
      url: 'guide/',
      anchor: 'net',
      text: '网上办理，一次办好。',
    })
    expect((await find(bundle, '三百件'))[0]?.url).toBe('news/复议%202024.html')
    expect((await find(bundle, '随机抽查'))[0]).toMatchObject({ url: 'old.html', text: '隨機抽查' })
    expect(await find(bundle, '"版权所有"')).toEqual([])
    expect(await find(bundle, '"没有这一页"')).toEqual([])
  })

  it('gives the same files for the same pages', () => {
    expect(wenxun(['site', site, '-o', inFolder('again/wenxun'), '--base', '', '--quiet'])).toEqual(
      {
        code: 0,
        stdout: '',
        stderr: '',
      },
    )
    expect(contentsOf(inFolder('again/wenxun'))).toEqual(contentsOf(join(site, 'wenxun')))
  })

  it('may be for a host that sends files whole, by flag or config file', () => {
    const character = (i: number) => String.fromCharCode(0x4e00 + ((i * i * 131) % 1999))
    const text = Array.from(
      { length: 40_000 },
      (_, i) => character(i) + (i % 60 === 0 ? '<p>' : ''),
    )
    writeSite('large', { 'index.html': page('长', text.join('')) })
    writeFileSync(inFolder('whole.json'), JSON.stringify({ site: 'large', ranges: false }))
    const filesOf = (name: string, ...args: string[]) => {
      const output = inFolder(name)
      expect(wenxun(['site', ...args, '--no-ui', '-o', output]).code).toBe(0)
      return readdirSync(output).filter((file) => file.endsWith('.wx'))
    }
    const usual = filesOf('usual', inFolder('large'))
    const whole = filesOf('whole', inFolder('large'), '--no-ranges')
    expect(usual.length).toBeLessThan(whole.length)
    expect(filesOf('configured', '--config', inFolder('whole.json'))).toEqual(whole)
  })

  it('keeps its old bundle when a run fails', () => {
    const before = contentsOf(join(site, 'wenxun'))
    const selector = wenxun(['site', site, '--root-selector', 'a['])
    expect(selector.code).toBe(2)
    expect(selector.stderr).toMatch(/root selector: not a CSS selector/)
    const nothing = wenxun(['site', site, '--include', 'none/**'])
    expect(nothing.code).toBe(2)
    expect(nothing.stderr).toMatch(/no HTML pages; no bundle was written/)
    const leftOut = wenxun(['site', site, '--root-selector', '#none'])
    expect(leftOut.stderr).toMatch(/all left out/)
    writeFileSync(join(site, 'bad.html'), Buffer.from('<p>法治\xff', 'latin1'))
    const strict = wenxun(['site', site, '--strict'])
    rmSync(join(site, 'bad.html'))
    expect(strict.code).toBe(2)
    expect(strict.stderr).toMatch(/bad\.html: .*1 problem; no bundle was written/s)
    expect(contentsOf(join(site, 'wenxun'))).toEqual(before)
  })

  it('is bundled anew after a change, for visitors of both bundles', async () => {
    const bundle = join(site, 'wenxun')
    const before = [...contentsOf(bundle).keys()]
    writeFileSync(join(bundle, 'CNAME'), 'example.org')
    writeFileSync(join(site, 'index.html'), page('首页', '<p>府院联动。</p>'))
    const { code, stdout } = wenxun(['site', site])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Indexed 4 pages, \d+ paragraphs/)
    expect(stdout).toContain('<wenxun-search src="/wenxun/" facets="栏目"></wenxun-search>')
    expect((await find(bundle, '府院联动'))[0]?.url).toBe('./')
    expect([...contentsOf(bundle).keys()]).toEqual(expect.arrayContaining([...before, 'CNAME']))
  })
})

describe('the weight of elements', () => {
  const answer = '<p>行政复议决定书自受理之日起六十日内作出。</p>'
  const filler = '<p>热线受理群众来电。</p>'
  const weighted = (weight: string, text: string) =>
    `<section data-pagefind-weight="${weight}">${text}</section>`

  it('decides between pages that answer alike, and is counted', async () => {
    const site = writeSite('weights', {
      'a.html': page('甲', weighted('0.25', answer) + filler),
      'b.html': page('乙', answer + filler),
      'c.html': page('丙', weighted('0.25', weighted('3', answer) + filler)),
    })
    const { code, stdout } = wenxun(['site', site])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Weighted: 3 paragraphs\.$/m)
    const found = await find(join(site, 'wenxun'), '行政复议决定')
    expect(found.map(({ url }) => url)).toEqual(['c.html', 'b.html', 'a.html'])
  })
})

describe('the config file', () => {
  it('says what the flags do not', async () => {
    writeSite('configured')
    const config = inFolder('wenxun.config.json')
    const options = {
      site: 'configured',
      output: 'configured/assets/search',
      include: ['guide/**', 'news/**'],
      stripHtml: true,
      fields: { 题: 'main > h1' },
      excludeSelectors: ['b'],
      ui: false,
    }
    writeFileSync(config, JSON.stringify(options))
    const { stdout } = wenxun(['site', '--config', config, '--exclude', 'guide/**', '--json'])
    expect(JSON.parse(stdout)).toMatchObject({ pages: 1, filters: ['栏目', '题'], ui_bytes: 0 })
    const bundle = inFolder('configured/assets/search')
    expect((await find(bundle, '三百件'))[0]?.url).toBe('../news/复议%202024')
  })

  it.each([
    ['{"include": "a"}', /"include" must be an array of texts/],
    ['{"globs": []}', /there is no option "globs".*Known are site, /s],
    ['{', /not JSON/],
    ['[]', /expected an object/],
  ])('that holds %s is refused', (text, message) => {
    writeFileSync(inFolder('bad.json'), text)
    const { code, stderr } = wenxun(['site', inFolder('.'), '--config', inFolder('bad.json')])
    expect(code).toBe(2)
    expect(stderr).toMatch(message)
  })
})

it('asks for the folder when none is named', () => {
  expect(wenxun(['site', inFolder('nowhere')]).stderr).toMatch(/no such folder/)
})

it('is what build --shards writes, too', async () => {
  writeFileSync(inFolder('a.txt'), '一网通办\n府院联动\n')
  const bundle = inFolder('shards')
  expect(wenxun(['build', inFolder('a.txt'), '--shards', '-o', bundle]).code).toBe(0)
  expect(await find(bundle, '府院')).toEqual([{ url: null, anchor: null, text: '府院联动' }])
})

describe('build --shards', () => {
  const lines = Array.from({ length: 3000 }, (_, i) => {
    const rare = [3, 7, 11, 13, 17].map((step) => 0x4e00 + ((i * step) % 5000))
    return `第${i}号行政复议决定${String.fromCharCode(...rare)}受理机关`
  })
  const source = () => {
    writeFileSync(inFolder('pages.txt'), lines.join('\n'))
    return inFolder('pages.txt')
  }
  const names = (folder: string, pattern: RegExp) =>
    [...contentsOf(folder).keys()].filter((name) => pattern.test(name)).sort()
  const bundleOf = (name: string, ...flags: string[]) => {
    const folder = inFolder(name)
    expect(wenxun(['build', source(), '--shards', '-o', folder, ...flags]).code).toBe(0)
    return folder
  }

  it('leaves the search box out with --no-ui', () => {
    expect(names(bundleOf('with-box'), /\.js$/).length).toBeGreaterThan(5)
    expect(names(bundleOf('without-box', '--no-ui'), /\.js$/)).toEqual([])
  })

  it('makes small packs with --no-ranges', () => {
    const largest = (folder: string) =>
      Math.max(...names(folder, /\.wx$/).map((name) => contentsOf(folder).get(name)!.length))
    const small = largest(bundleOf('small-packs', '--no-ranges'))
    expect(small).toBeLessThan(largest(bundleOf('one-pack')))
  })

  it('lists documents as pages with --for-visitors, as wenxun site does', async () => {
    const records = [
      { id: 'short', paragraphs: ['行政复议'] },
      {
        id: 'both',
        paragraphs: [`关于行政复议${'的若干意见'.repeat(20)}`, `渔业${'船舶登记办法'.repeat(20)}`],
      },
    ]
    const input = inFolder('pages.jsonl')
    writeFileSync(input, records.map((record) => JSON.stringify(record)).join('\n'))
    const listed = async (...flags: string[]) => {
      const folder = inFolder(`listed${flags}`)
      expect(wenxun(['build', input, '--shards', '-o', folder, ...flags]).code).toBe(0)
      const { groups } = await (await openFolder(folder)).search('行政复议 渔业', {
        group: 'document',
      })
      return groups!.map(({ document }) => document.id)
    }
    expect(await listed()).toEqual(['short', 'both'])
    expect(await listed('--for-visitors')).toEqual(['both', 'short'])
  })

  it.each(['--no-ui', '--no-ranges', '--for-visitors'])('%s is refused without it', (flag) => {
    const { code, stderr } = wenxun(['build', source(), '-o', inFolder('one.wx'), flag])
    expect(code).toBe(2)
    expect(stderr).toContain(`${flag} is for bundles`)
    expect(existsSync(inFolder('one.wx'))).toBe(false)
  })
})
