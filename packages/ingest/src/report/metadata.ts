/**
 * Metadata lines of government pages, `发文机关: 洛阳市人民政府 索引号: C001-…`: labels as data.
 * A line counts as metadata when it starts with a known label; its values run to the next label.
 */
import { dateIn } from './dates.js'
import { foldForRules } from './fold.js'
import type { Line } from './lines.js'

/** Where a label's value goes; `other` labels are recognised and listed as removed. */
export type MetaTarget =
  | 'issuer'
  | 'number'
  | 'indexNumber'
  | 'category'
  | 'signer'
  | 'keywords'
  | 'created'
  | 'published'
  | 'title'
  | 'other'

const labels: Readonly<Record<MetaTarget, string>> = {
  issuer: '发文机关 发文机构 发文单位 发布机关 发布机构 发布单位 制发机关 制定机关 公开主体',
  number: '文件编号 发文字号 发文文号 文件文号 文号 文件字号',
  indexNumber: '索引号 信息索引号 索引编号 信息索引',
  category: '公文种类 公文类别 公文种别 文种',
  signer: '签发人',
  keywords: '关键词 关键字 主题词',
  created: '成文日期 成文时间 生成日期 生成时间 印发日期 制发日期',
  published: '发布日期 发布时间 发文日期 发文时间 公开日期 公开时间 时间 日期',
  title: '标题 名称 信息名称 文件名称',
  other:
    '公开方式 公开时限 公开范围 公开形式 公开属性 来源 信息来源 文章来源 稿件来源 作者 编辑 责任编辑 ' +
    '审核 有效性 效力状态 时效性 主题分类 组配分类 信息分类 体裁分类 体裁 分类 服务对象 语种 ' +
    '生效日期 废止日期 失效日期 浏览次数 阅读次数 点击次数 访问量 浏览量 点击量 阅读量 字体 字号 打印',
}

const targets = new Map<string, MetaTarget>()
for (const [target, names] of Object.entries(labels)) {
  for (const name of names.split(' ')) targets.set(name, target as MetaTarget)
}

// Longest first, so that 发布时间 is not read as 时间; pages pad labels (索 引 号) to align them.
const alternatives = [...targets.keys()]
  .sort((a, b) => b.length - a.length)
  .map((name) => [...name].join(' {0,4}'))
  .join('|')
const label = new RegExp(`[[(]?(${alternatives})[\\])]? {0,4}:`, 'g')
// The cells of a table's row, as the HTML and Word readers put them: 索引号 | C001.
const cell = new RegExp(`^(?:${alternatives})$`)
// A page saved in GBK has a question mark for every bullet.
const bullet = /^[•·●■◆▪‣*?]\s*/

const longestMetadata = 400

export interface MetaPair {
  readonly target: MetaTarget
  readonly value: string
}

/** A table's row with a colon for the bar after a cell that is a label; lengths are kept. */
function withColons(folded: string): string {
  return folded
    .split(' | ')
    .map((text, i, cells) => {
      const end = i < cells.length - 1 ? ' | ' : ''
      return text + (cell.test(text.trim()) ? end.replace(' | ', ' : ') : end)
    })
    .join('')
}

/** The label-value pairs of a metadata line; empty when the line is something else. */
export function metadataPairs(line: Line): MetaPair[] {
  const lead = bullet.exec(line.folded)?.[0].length ?? 0
  if (line.folded.length > longestMetadata) return []
  const inCells = line.folded.includes(' | ')
  const folded = inCells ? withColons(line.folded.slice(lead)) : line.folded.slice(lead)
  const marks = [...folded.matchAll(label)]
  if (marks[0]?.index !== 0) return []
  return marks.map((mark, i) => ({
    target: targets.get(mark[1]!.replaceAll(' ', '')) ?? 'other',
    value: line.text
      .slice(lead + mark.index + mark[0].length, lead + (marks[i + 1]?.index ?? folded.length))
      .replace(inCells ? /^[\s|]+|[\s|]+$/g : /^\s+|\s+$/g, ''),
  }))
}

/** A metadata value in the form that documents carry it, or null when it holds nothing. */
export function metaValue(target: MetaTarget, value: string): string | string[] | null {
  if (value === '' || value === '无' || value === '-') return null
  if (target === 'keywords') return value.split(/[,，、;；\s]+/).filter((word) => word !== '')
  if (target === 'created' || target === 'published') return dateIn(foldForRules(value))
  return value
}
