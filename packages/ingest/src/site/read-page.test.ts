import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pageRules } from './page-rules.js'
import { readPage } from './read-page.js'
import type { SiteOptions } from './types.js'

const outcome = (html: string, options: SiteOptions = {}, onlyMarked = false, path = 'a.html') =>
  readPage(html, path, pageRules(options), onlyMarked)

const page = (html: string, options: SiteOptions = {}, path = 'a.html') => {
  const read = outcome(html, options, html.includes('-body'), path)
  if (read.leftOut) throw new Error(read.leftOut)
  return { ...read.document, filters: read.filters }
}
const texts = (html: string, options: SiteOptions = {}) =>
  page(html, options).paragraphs.map(({ text }) => text)

describe('the content of a page', () => {
  it('is what the page marks, all of it and nothing else', () => {
    const html = `<h1>站名</h1><div data-pagefind-body><p>一</p></div><p>旁</p>
      <section data-wenxun-body><p>二</p><div data-pagefind-body>三</div></section>`
    expect(texts(html)).toEqual(['一', '二', '三'])
  })

  it('leaves out a page without a mark where other pages have one', () => {
    expect(outcome('<main><p>文</p></main>', {}, true)).toEqual({ leftOut: 'unmarked' })
  })

  it.each([
    ['<div>推荐</div><main><p>正文</p></main>', ['正文']],
    ['<div>推荐</div><article><p>正文</p></article>', ['正文']],
    ['<div>推荐</div><div role="main"><p>正文</p></div>', ['正文']],
    ['<article><p>甲</p></article><article><p>乙</p></article>', ['甲', '乙']],
  ])('else is the one landmark that holds it: %s', (html, expected) => {
    expect(texts(html)).toEqual(expected)
  })

  it('leaves out navigation, programs and the hidden, but not the headers of articles', () => {
    const html = `<body><header>站头</header><nav>首页</nav><aside>广告</aside>
      <article><header><h1>题</h1><p>导语</p></header><aside>按语</aside>
      <script>代码</script><style>p{}</style><template>模板</template><noscript>无</noscript>
      <svg><text>图</text></svg><p hidden>藏</p><p aria-hidden="true">掩</p><p>文</p></article>
      <footer>版权</footer>`
    expect(texts(html)).toEqual(['题', '导语', '按语', '文'])
  })

  it('leaves out what is ignored, and elements that the options name', () => {
    const html = `<main><p>甲</p><p data-pagefind-ignore>乙</p><p data-pagefind-ignore="index">丙</p>
      <p data-wenxun-ignore="all">丁</p><p data-pagefind-ignore="false">戊</p>
      <div class="ad"><p>己</p></div></main>`
    expect(texts(html, { excludeSelectors: ['.ad', 'x > y'] })).toEqual(['甲', '戊'])
  })

  it('looks at nothing outside of the root selector', () => {
    const html = `<p data-pagefind-filter="k:外">外</p><div id="r"><p>内</p></div>`
    expect(texts(html, { rootSelector: '#r' })).toEqual(['内'])
    expect(page(html, { rootSelector: '#r' }).filters).toEqual([])
    expect(outcome('<p>外</p>', { rootSelector: '#r' })).toEqual({ leftOut: 'no-root' })
  })

  it('takes texts of attributes where the page asks for them', () => {
    const html = `<main><p>前<img alt="流程图" title="图一" data-pagefind-index-attrs="title,alt">后</p></main>`
    expect(texts(html)).toEqual(['前后', '图一', '流程图'])
  })

  it('carries the weight of the nearest element that has one', () => {
    const html = `<main><p>甲</p><div data-pagefind-weight="2"><p>乙</p>
      <p data-pagefind-weight="0.5">丙</p><p>丁</p></div><p data-pagefind-weight="99">戊</p></main>`
    expect(page(html).paragraphs.map(({ text, weight }) => [text, weight])).toEqual([
      ['甲', undefined],
      ['乙', 2],
      ['丙', 0.5],
      ['丁', 2],
      ['戊', 10],
    ])
  })
})

describe('the text of a page', () => {
  it.each([
    ['<p>行<b>政</b><wbr>复&shy;议<span>案\n  件</span></p>', ['行政复议案件']],
    ['<p>&ldquo;一网通办&rdquo;&#12290;&amp;&lt;b&gt;&nbsp;x</p>', ['“一网通办”。&<b> x']],
    ['<p><ruby>漢<rp>(</rp><rt>hàn</rt><rp>)</rp>字<rt>zì</rt></ruby></p>', ['漢字']],
    ['<p>甲<br>乙</p>', ['甲', '乙']],
    ['<dl><dt>词<dd>义</dl><ol><li>一<li>二</ol>', ['词', '义', '一', '二']],
    ['<figure><img src=x><figcaption>图注</figcaption></figure>', ['图注']],
    ['<table><caption>表</caption><tr><td>年<td>件<td></table>', ['表', '年 | 件']],
    ['<table><tr><td><p>甲</p><p>乙</p><td>丙<br>丁</table>', ['甲 乙 | 丙 丁']],
    ['<table><tr><td>菜单<td><h2>题</h2><p>文</p></table>', ['菜单', '题', '文']],
    ['<pre>第一行\n  第二行</pre>', ['第一行\n  第二行']],
    ['<details><summary>问</summary>答</details>', ['问', '答']],
  ])('%s', (html, expected) => {
    expect(texts(`<main>${html}</main>`)).toEqual(expected)
  })

  it('reads broken markup as a browser does', () => {
    const html = '<main><p>甲<div>乙</p></span><b><p>丙</b>丁<table><p>戊<tr><td>己'
    expect(texts(html)).toEqual(['甲', '乙', '丙丁', '戊', '己'])
  })
})

describe('headings', () => {
  it('lend their ids and texts to what follows, the nearest first', () => {
    const html = `<main id="m"><h1>总题</h1><p>序</p><section id="s"><h2>一 <a href="#s">#</a></h2>
      <p>甲</p><h3 id="t">(一)</h3><p>乙</p><p id="p">丙</p></section>
      <h2><a id="u" class="anchor" aria-hidden="true" href="#u"></a>二</h2><p>丁</p></main>`
    expect(page(html).paragraphs).toEqual([
      { text: '总题', anchor: 'm' },
      { text: '序' },
      { text: '一', anchor: 's' },
      { text: '甲', heading: ['一'], anchor: 's' },
      { text: '(一)', heading: ['一'], anchor: 't' },
      { text: '乙', heading: ['一', '(一)'], anchor: 't' },
      { text: '丙', heading: ['一', '(一)'], anchor: 'p' },
      { text: '二', anchor: 'u' },
      { text: '丁', heading: ['二'], anchor: 'u' },
    ])
  })
})

describe('the title', () => {
  it.each([
    ['<title>乙 - 站</title><h1>站</h1><main><h1>甲</h1><p>文', '甲'],
    ['<title>乙 - 站</title><h1>站</h1><main><p>文', '乙 - 站'],
    ['<title>乙 - 站</title><header><h1>乙</h1></header><main><p>文', '乙'],
    ['<meta name="ArticleTitle" content="丙"><title>乙</title><main><p>文', '丙'],
    ['<h1 data-pagefind-meta="title:丁">甲</h1><p>文', '丁'],
    ['<h1>甲<script>x</script></h1><p data-pagefind-meta="title">戊</p>', '戊'],
    ['<p>文', '说明'],
  ])('%s', (html, title) => {
    expect(page(html, {}, 'docs/说明.html').title).toBe(title)
  })
})

describe('fields', () => {
  it('come from filters, metadata and sort keys as Pagefind documents them', () => {
    const html = `<html lang="zh-CN"><head>
      <meta data-pagefind-filter="机关[content]" content="洛阳市"></head><body>
      <h1 data-section="文件" data-pagefind-filter="栏目[data-section], 标题, 作者:甲, 乙">题</h1>
      <span data-pagefind-filter="标签">法治</span><span data-pagefind-filter="标签">政府</span>
      <i data-pagefind-filter="标签">法治</i>
      <p data-pagefind-sort="序:10" data-pagefind-meta="说明">前 <b>后</b></p>
      <p data-pagefind-sort="号:007" data-pagefind-default-meta="级[data-level], 说明:无" data-level="市"></p>
      <img data-pagefind-meta="image[src], image_alt[alt]" src="/a.png" alt="图">
      <div data-pagefind-ignore><b data-pagefind-filter="中:有"></b></div>
      <div data-pagefind-ignore="all"><b data-pagefind-filter="中:无"></b></div>`
    const { meta, filters } = page(html)
    expect(meta).toEqual({
      lang: 'zh-cn',
      机关: '洛阳市',
      栏目: '文件',
      标题: '题',
      作者: '甲, 乙',
      标签: ['法治', '政府'],
      序: 10,
      号: '007',
      说明: '前 后',
      级: '市',
      image: '/a.png',
      image_alt: '图',
      中: '有',
    })
    expect(filters).toEqual(['机关', '栏目', '标题', '作者', '标签', '中'])
  })

  it('can be taken from pages that declare none', () => {
    const html = `<meta name="dept" content="司法局"><p class="crumb"><a>首页</a><a>文件</a></p>
      <main data-city="洛阳"><p>文</p><time datetime="2025-03-12">三月</time></main>`
    const fields = { 部门: 'meta[name=dept]', 栏目: '.crumb a:last-child', 市: 'main@data-city' }
    const { meta, filters, date } = page(html, { fields })
    expect(meta).toEqual({ 部门: '司法局', 栏目: '文件', 市: '洛阳' })
    expect(filters).toEqual(['部门', '栏目', '市'])
    expect(date).toBe('2025-03-12')
  })

  it.each([
    ['<meta name="PubDate" content="2024-05-06 10:00"><p>文', '2024-05-06'],
    ['<p data-pagefind-meta="date:2022-06-01">文', '2022-06-01'],
    ['<p data-pagefind-sort="date">2024年5月6日</p>', '2024-05-06'],
    [
      '<time datetime="2020-01-01"></time><time pubdate datetime="2021-01-01"></time>',
      '2021-01-01',
    ],
    ['<p data-pagefind-meta="date:昨天">文', undefined],
  ])('the date of %s', (html, date) => {
    expect(page(`<title>题</title>${html}`)).toMatchObject({ title: '题' })
    expect(page(`<title>题</title>${html}`).date).toBe(date)
  })

  it('keep description and image when asked to', () => {
    const html = `<meta name="description" content="概要"><h1>题</h1><img src="a.png" alt="图">`
    expect(page(html).meta).toBeUndefined()
    expect(page(html, { keep: ['description', 'image'] }).meta).toEqual({
      description: '概要',
      image: 'a.png',
    })
  })

  it('names the selector that cannot be used', () => {
    expect(() => pageRules({ rootSelector: 'a[' })).toThrow(/^root selector: /)
    expect(() => pageRules({ fields: { 市: '::(' } })).toThrow(/^field "市": /)
  })
})

describe('pages that are left out', () => {
  it.each([
    ['<html data-pagefind-ignore="all"><p>文', 'ignored'],
    ['<body data-pagefind-ignore><p>文', 'ignored'],
    ['<meta http-equiv="Refresh" content="0; url=/b.html"><title>题</title>', 'redirect'],
    ['', 'empty'],
    ['<body><nav>首页</nav></body>', 'empty'],
    ['<frameset><frame src=a.html></frameset>', 'empty'],
  ])('%s: %s', (html, reason) => {
    expect(outcome(html)).toEqual({ leftOut: reason })
  })

  it('but one with a description is found by it', () => {
    const html =
      '<title>应用</title><meta name="description" content="在线办事"><div id="app"></div>'
    expect(page(html)).toMatchObject({ title: '应用', paragraphs: [{ text: '在线办事' }] })
  })
})

describe('a hostile page', () => {
  it('is text, whatever it looks like', () => {
    const html = `<main><p>&lt;img src=x onerror=alert(1)&gt;</p><p id='"><script>'>文</p>
      <p>a<img src=x onerror=alert(1)>b</p><a href="javascript:alert(1)">链</a></main>`
    expect(page(html).paragraphs).toEqual([
      { text: '<img src=x onerror=alert(1)>' },
      { text: '文', anchor: '"><script>' },
      { text: 'ab' },
      { text: '链' },
    ])
  })

  it('of one line of a megabyte becomes paragraphs of bounded length that lose nothing', () => {
    const sentence = '推进法治政府建设，提高行政执法水平。'
    const all = sentence.repeat(60_000)
    const found = texts(`<main><p>${all}</p></main>`)
    expect(found.join('')).toBe(all)
    expect(Math.max(...found.map(({ length }) => length))).toBeLessThanOrEqual(4000)
    expect(found.every((text) => text.endsWith('。'))).toBe(true)
  })

  it('of 10,000 headings keeps them all', () => {
    const html = Array.from({ length: 10_000 }, (_, i) => `<h${(i % 6) + 1} id=h${i}>第${i}节</h1>`)
    const { paragraphs } = page(`<main>${html.join('')}<p>末</p></main>`)
    expect(paragraphs).toHaveLength(10_001)
    expect(paragraphs.at(-1)).toMatchObject({ text: '末', anchor: 'h9999' })
  })

  it.each(['div', 'span', 'b', 'table><tr><td', 'main', 'ruby', 'div data-pagefind-filter=a'])(
    'nested 100,000 times in <%s> is read',
    (tag) => {
      const times = tag.includes('table') ? 20_000 : 100_000
      expect(texts(`${`<${tag}>`.repeat(times)}深处`).join('')).toContain('深处')
    },
  )

  it('of any characters is read or left out', () => {
    const pieces = fc.constantFrom(
      ...[
        '<p>',
        '</p>',
        '<main',
        '>',
        '<!--',
        '-->',
        '<table>',
        '<td>',
        '<svg><title>',
        '</title>',
      ],
      ...[
        '<h1 id=a>',
        '</h1>',
        '<br>',
        '<script>',
        '</script>',
        '<template>',
        '&#x0;',
        '&amp',
        '字',
      ],
      ...[' data-pagefind-meta="a[b],c:', '"', "'", '<b data-pagefind-body>', '<pre>', '\ud800'],
      ...[
        '<select>',
        '<math><mi>',
        '<ruby>',
        '<rt>',
        '<![CDATA[',
        ']]>',
        '<html lang=x>',
        '\u0000',
      ],
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), fc.boolean(), (parts, onlyMarked) => {
        const read = outcome(parts.join(''), {}, onlyMarked)
        if (read.leftOut) return
        expect(read.document.title).not.toBe('')
        for (const { text } of read.document.paragraphs) expect(text.trim()).not.toBe('')
      }),
      { numRuns: 500 },
    )
  })
})
