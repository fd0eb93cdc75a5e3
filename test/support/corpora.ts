/** Random corpora of several shapes, each hard on another part of the search. */

import type { SourceDocument, SourceParagraph } from '@wenxun/core'
import type { Random } from './random.js'

export interface CorpusShape {
  readonly name: string
  readonly documents: number
  readonly paragraphs: readonly [least: number, most: number]
  /** Characters or words in a paragraph. */
  readonly length: readonly [least: number, most: number]
  readonly words: readonly string[]
  /** Between words, one of these. */
  readonly joints: readonly string[]
  readonly headed: boolean
}

const FEW = [...'法治政府建']
const WORDS = [
  '法治政府',
  '建设',
  '行政复议',
  '行政',
  '法治',
  '洛阳市',
  '执法',
  '热线',
  '公开',
  '双随机',
  '一',
  '一网通办',
  '楓橋經驗',
  '经验',
  '二〇二四年',
  '2024',
  '12345',
  '96.87%',
  'MCP',
  '管理',
  '規範',
  '规范',
  '幹部',
  '乾燥',
  '干',
  '是',
  '的',
  '和',
  '什么',
  '如何',
  'service',
  'running',
  'e-mail',
  '𠮷野家',
  '第一百二十条',
  '〔2025〕11号',
] as const

export const SHAPES: readonly CorpusShape[] = [
  {
    name: 'five characters, short',
    documents: 60,
    paragraphs: [0, 4],
    length: [0, 9],
    words: FEW,
    joints: [''],
    headed: true,
  },
  {
    name: 'five characters, long',
    documents: 12,
    paragraphs: [1, 6],
    length: [20, 700],
    words: FEW,
    joints: [''],
    headed: false,
  },
  {
    name: 'words and numbers',
    documents: 50,
    paragraphs: [1, 6],
    length: [1, 14],
    words: WORDS,
    joints: ['', '', '，', ' ', '。'],
    headed: true,
  },
  {
    name: 'one word again and again',
    documents: 40,
    paragraphs: [1, 3],
    length: [1, 300],
    words: ['法治', '法', '治法'],
    joints: ['', '', '', '、'],
    headed: true,
  },
]

/** Titles and headings come from the same words as the texts. */
export function drawCorpus(random: Random, shape: CorpusShape): SourceDocument[] {
  return random.times(shape.documents, (i) => {
    const paragraphs: SourceParagraph[] = []
    let heading: string[] = []
    for (let left = random.int(shape.paragraphs[0], shape.paragraphs[1] + 1); left > 0; left--) {
      if (shape.headed && random.chance(0.4)) heading = drawPath(random, shape, heading)
      const text = drawText(random, shape, random.int(shape.length[0], shape.length[1] + 1))
      paragraphs.push(shape.headed ? { text, heading } : { text })
    }
    const title =
      shape.headed && random.chance(0.7) ? drawText(random, shape, random.int(1, 4)) : ''
    const meta = { city: random.pick(['洛阳', '郑州', '漯河']), level: random.int(0, 4) }
    return {
      id: `d${i}`,
      title,
      meta,
      date: `202${random.int(0, 6)}-0${random.int(1, 10)}`,
      paragraphs,
    }
  })
}

/** The same documents with weights at some of their paragraphs. */
export function drawWeights(
  random: Random,
  documents: readonly SourceDocument[],
): SourceDocument[] {
  return documents.map((document) => ({
    ...document,
    paragraphs: document.paragraphs.map((paragraph) =>
      random.chance(0.4)
        ? { ...paragraph, weight: random.pick([0, 0.1, 0.5, 1, 1.5, 3, 10]) }
        : paragraph,
    ),
  }))
}

export function drawText(random: Random, shape: CorpusShape, length: number): string {
  let text = ''
  for (let i = 0; i < length; i++)
    text += random.pickSkewed(shape.words) + random.pick(shape.joints)
  return text
}

function drawPath(random: Random, shape: CorpusShape, before: readonly string[]): string[] {
  const path = before.slice(0, random.int(0, 3))
  while (path.length < 3 && random.chance(0.6)) path.push(drawText(random, shape, random.int(1, 3)))
  return path
}

/** A query of words of the corpus, with operators now and then. */
export function drawQuery(random: Random, shape: CorpusShape, operators: boolean): string {
  const parts = random.times(random.int(1, 4), () => {
    const text = drawText(random, shape, random.int(1, 5))
    if (!operators) return text
    return random.pick([text, text, text, `+${text}`, `-${text}`, `"${text}"`, `-"${text}"`])
  })
  return parts.join(' ')
}

/** A corpus above the size from which on rows are pruned; cheap to build. */
export function largeCorpus(random: Random, rows: number): SourceDocument[] {
  const documents: SourceDocument[] = []
  const words = random.times(600, () => drawHan(random, random.int(1, 4)))
  const rare = random.times(200, () => drawHan(random, 3))
  for (let row = 0; row < rows; ) {
    const paragraphs = random.times(random.int(1, 40), () => {
      let text = ''
      for (let k = random.int(1, 12); k > 0; k--) text += random.pickSkewed(words)
      if (random.chance(0.02)) text += random.pick(rare)
      return { text }
    })
    row += paragraphs.length
    const title = random.chance(0.3) ? random.pickSkewed(words) + random.pick(rare) : ''
    documents.push({
      id: `d${documents.length}`,
      title,
      meta: { level: random.int(0, 5) },
      paragraphs: paragraphs.map((paragraph, i) =>
        title !== '' && i > 2 ? { ...paragraph, heading: [words[i * 7]!] } : paragraph,
      ),
    })
  }
  return documents
}

const COMMON =
  '的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多然于心学么之都好看起发当没成只如事把还用第样道想作种开美总从无情己面最女但现前些所同日手又行意动方期它头经长儿回位分爱老因很给名法间斯知世什两次使身者被高已亲其进此话常与活正感'

function drawHan(random: Random, length: number): string {
  return random.times(length, () => random.pickSkewed(COMMON)).join('')
}

/** Pieces of paragraphs, words of none, and questions that no paragraph answers as a whole. */
export function drawLargeQuery(random: Random, corpus: readonly SourceDocument[]): string {
  const drawPiece = (longest: number) => {
    const { text } = random.pick(random.pick(corpus).paragraphs)
    const from = random.int(0, Math.max(1, text.length - 2))
    return text.slice(from, from + random.int(2, longest))
  }
  const piece = drawPiece(9)
  const other = drawHan(random, random.int(1, 4))
  const question = random.times(random.int(2, 6), () => drawPiece(5)).join('')
  const { title = '' } = random.pick(corpus)
  return random.pick([
    ...[question, question, question, question, `${question}，${other}`],
    ...[piece, `${piece} ${other}`, title + piece, piece + other, other],
    ...[`${question} -${other}`, `+${piece.slice(0, 2)} ${other}`, `"${piece}"`],
  ])
}
