import { describe, expect, it } from 'vitest'
import { readString } from '../read-path.js'

const read = async (text: string) => {
  const [item] = await readString(text, { path: 'notes/page.md' })
  if (!item?.document) throw new Error(JSON.stringify(item))
  return item.document
}
const texts = async (text: string) =>
  (await read(text)).paragraphs.map((paragraph) => paragraph.text)

describe('Markdown', () => {
  it('gives headings as paths and anchors; the title stands above them', async () => {
    expect(
      await read('# 总题\n\n序\n\n## 一、甲 {#jia}\n\n文\n\n### 乙 (B)\n\n文二\n\n## 一、甲\n'),
    ).toEqual({
      id: 'notes/page.md',
      title: '总题',
      paragraphs: [
        { text: '总题', anchor: '总题' },
        { text: '序' },
        { text: '一、甲', anchor: 'jia' },
        { text: '文', heading: ['一、甲'], anchor: 'jia' },
        { text: '乙 (B)', heading: ['一、甲'], anchor: '乙-b' },
        { text: '文二', heading: ['一、甲', '乙 (B)'], anchor: '乙-b' },
        { text: '一、甲', anchor: '一甲' },
      ],
    })
  })

  it('shows text without its marks and without spaces from wrapped lines', async () => {
    expect(
      await texts('**行政**复议[案件](http://x.test)\n办结率 `100%` ![图表](a.png)<br>完\n'),
    ).toEqual(['行政复议案件办结率 100% 图表 完'])
  })

  it('keeps code, list numbers and table rows', async () => {
    expect(
      await texts(
        '```js\nlet a = 1\n\nlet b\n```\n\n3. 三\n4. 四\n\n   又\n\n- 点\n\n|年|件|\n|-|-|\n|2024|51|\n',
      ),
    ).toEqual(['let a = 1\n\nlet b', '3. 三', '4. 四', '又', '点', '年 | 件', '2024 | 51'])
  })

  it('reads front matter into fields', async () => {
    const document = await read(
      '---\ntitle: 年报\ndate: 2024-05-06\ncity: 洛阳市\ntags: [a, 1]\n---\n正文\n',
    )
    expect(document).toMatchObject({
      title: '年报',
      date: '2024-05-06',
      meta: { city: '洛阳市', tags: ['a', '1'] },
      paragraphs: [{ text: '正文' }],
    })
  })

  it('keeps what is between dashes when it is no front matter', async () => {
    expect((await texts('---\n: [不是\n---\n正文\n')).join('')).toContain('不是')
  })

  it('reads HTML inside as its text', async () => {
    expect(
      await texts('<div><p>甲<b>乙</b></p><script>x</script></div>\n\n丙 <b>丁</b>\n'),
    ).toEqual(['甲乙', '丙 丁'])
  })

  it('takes the file name when there is no title', async () => {
    expect((await read('文\n')).title).toBe('page')
  })
})
