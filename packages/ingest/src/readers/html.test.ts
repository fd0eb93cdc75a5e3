import { describe, expect, it } from 'vitest'
import { readString } from '../read-path.js'

const read = async (html: string) => {
  const [item] = await readString(html, { path: 'page.html', format: 'html' })
  if (!item?.document) throw new Error(JSON.stringify(item))
  return item.document
}
const texts = async (html: string) =>
  (await read(html)).paragraphs.map((paragraph) => paragraph.text)

describe('HTML', () => {
  it('puts no space where the page shows none', async () => {
    expect(
      await texts('<p>行政<b>复议</b><span>案件</span>\n        办结率<i>100%</i>。</p>'),
    ).toEqual(['行政复议案件办结率100%。'])
  })

  it('keeps a space between Latin words across a line end', async () => {
    expect(await texts('<p>open\n  data <b>for</b>\nall 数据\n开放</p>')).toEqual([
      'open data for all 数据开放',
    ])
  })

  it('ends a paragraph at every block and line break', async () => {
    expect(await texts('<div>一<div>二</div>三<br>四<ul><li>五<li>六</ul></div>')).toEqual([
      '一',
      '二',
      '三',
      '四',
      '五',
      '六',
    ])
  })

  it('leaves out scripts, styles, navigation and what is hidden', async () => {
    const page = `<html><head><title>题</title><style>p{}</style></head><body>
      <header>站名</header><nav>首页</nav><script>var 代码</script>
      <p>正文</p><p hidden>藏</p><p style="display: none">藏</p><aside>广告</aside>
      <footer>版权</footer></body></html>`
    expect(await texts(page)).toEqual(['正文'])
  })

  it('reads the main part when the page names it', async () => {
    expect(await texts('<body><div>推荐</div><main><p>正文</p></main><div>更多</div>')).toEqual([
      '正文',
    ])
    expect(await texts('<body><div>推荐</div><div id="zoom"><p>正文</p></div>')).toEqual(['正文'])
  })

  it('gives headings as paths, with anchors', async () => {
    const page =
      '<h1>总题</h1><p>序</p><h2 id="a">甲</h2><p>文</p><h3>乙</h3><p id="p">文二</p><h2>丙</h2>'
    expect(await read(page)).toMatchObject({
      title: '总题',
      paragraphs: [
        { text: '总题' },
        { text: '序' },
        { text: '甲', anchor: 'a' },
        { text: '文', heading: ['甲'], anchor: 'a' },
        { text: '乙', heading: ['甲'], anchor: 'a' },
        { text: '文二', heading: ['甲', '乙'], anchor: 'p' },
        { text: '丙' },
      ],
    })
  })

  it('keeps rows and code together', async () => {
    expect(
      await texts('<table><tr><th>年<th>件<tr><td>2024<td>51</table><pre>a\n  b\n</pre>'),
    ).toEqual(['年 | 件', '2024 | 51', 'a\n  b'])
  })

  it('takes title, date and address that the page declares', async () => {
    const page = `<head><meta name="ArticleTitle" content="通知"><meta name="PubDate"
      content="2024-05-06 10:00"><link rel="canonical" href="https://example.org/a"></head><p>文</p>`
    expect(await read(page)).toMatchObject({
      title: '通知',
      date: '2024-05-06',
      url: 'https://example.org/a',
    })
  })

  it('survives nesting of 20,000 levels', async () => {
    expect(await texts(`${'<div>'.repeat(20_000)}深处`)).toEqual(['深处'])
  })
})
