/**
 * The two sites of bench/site.ts, made of the laws:
 *
 *   laws   one page a law, its articles as sections with ids: 3,475 pages
 *   10k    10,000 pages of one article each, drawn with a fixed seed from all 147,911 articles
 *
 * Pages look like those of a plain generator: a header and a footer that repeat, landmarks, the
 * text in `<main data-pagefind-body>`, which both engines know. Nothing of them is kept here.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SourceDocument, SourceParagraph } from '@wenxun/core'
import { sample } from '../random.js'

export const SITE_NAMES = ['10k', 'laws'] as const
export type SiteName = (typeof SITE_NAMES)[number]

/** Changes when pages come out differently, so that kept sites are made anew. */
export const PAGES_VERSION = 1

const ARTICLE_PAGES = 10_000
const ARTICLE_SEED = 20_251_122

export interface Page {
  /** Path below the site's root, without a slash at its start. */
  readonly path: string
  readonly title: string
  readonly sections: readonly Section[]
}

interface Section {
  /** Headings that the text does not repeat. */
  readonly heading: string
  readonly id: string
  readonly texts: readonly string[]
}

/** All pages of a site, in order of path. */
export function sitePages(name: SiteName, laws: readonly SourceDocument[]): Page[] {
  if (name === 'laws') return laws.map(lawPage)
  const articles = laws.flatMap(articlePages)
  return sample(articles, ARTICLE_PAGES, ARTICLE_SEED).sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** Everything on the page that a visitor would search, a line each. */
export function pageText({ title, sections }: Page): string {
  const lines = sections.flatMap(({ heading, texts }) => [heading, ...texts])
  return [title, ...lines.filter((line) => line !== '')].join('\n')
}

/** Writes the pages and gives the UTF-8 bytes of their texts. */
export function writePages(pages: readonly Page[], folder: string): number {
  let bytes = 0
  const made = new Set<string>()
  for (const page of pages) {
    const at = join(folder, page.path)
    const parent = join(at, '..')
    if (!made.has(parent)) mkdirSync(parent, { recursive: true })
    made.add(parent)
    writeFileSync(at, pageHtml(page))
    bytes += Buffer.byteLength(pageText(page))
  }
  return bytes
}

function lawPage({ id, title = '', paragraphs }: SourceDocument): Page {
  return { path: `${id}.html`, title, sections: sectionsOf(paragraphs) }
}

function articlePages(law: SourceDocument): Page[] {
  const sections = sectionsOf(law.paragraphs)
  return sections
    .filter(({ heading }) => heading !== '')
    .map((section, i) => ({
      path: `${law.id}/${i + 1}.html`,
      title: `${law.title ?? ''} ${section.heading.split(' › ').at(-1)}`,
      sections: [{ ...section, heading: '' }],
    }))
}

/** Paragraphs under the same headings stand together. */
function sectionsOf(paragraphs: readonly SourceParagraph[]): Section[] {
  const sections: { heading: string; id: string; texts: string[] }[] = []
  for (const { text, heading = [] } of paragraphs) {
    const path = heading.join(' › ')
    const last = sections.at(-1)
    if (last !== undefined && last.heading === path) last.texts.push(text)
    else sections.push({ heading: path, id: `s${sections.length + 1}`, texts: [text] })
  }
  return sections
}

function pageHtml({ title, sections }: Page): string {
  return `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>${escapeText(title)}</title></head>
<body>
<header><a href="/">法规库</a><nav><a href="/">首页</a><a href="/about.html">关于本站</a></nav></header>
<main data-pagefind-body>
<h1>${escapeText(title)}</h1>
${sections.map(sectionHtml).join('\n')}
</main>
<footer>仅供测试</footer>
</body>
</html>
`
}

function sectionHtml({ heading, id, texts }: Section): string {
  const title = heading === '' ? '' : `<h2 id="${id}">${escapeText(heading)}</h2>\n`
  return title + texts.map((text) => `<p>${escapeText(text)}</p>`).join('\n')
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
