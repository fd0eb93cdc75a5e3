/** The pages of the demo: plain HTML with headings and paragraphs that can be linked to. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readPath } from '../packages/ingest/dist/index.js'
import { root } from './workspace.mjs'

/** Writes the site into a folder: a list, and the reports as ingestion reads them. */
export async function writeDemo(folder) {
  const reports = []
  for await (const { document } of readPath(join(root, 'seeds'), { profile: 'report' })) {
    if (document) reports.push({ ...document, file: `${document.id.slice(0, 3)}.html` })
  }
  // Pages only: the bundle in the folder is for `wenxun site` to keep or renew.
  rmSync(join(folder, 'reports'), { recursive: true, force: true })
  mkdirSync(join(folder, 'reports'), { recursive: true })
  writeFileSync(join(folder, 'style.css'), stylesheet)
  writeFileSync(join(folder, 'index.html'), indexPage(reports))
  for (const report of reports) {
    writeFileSync(join(folder, 'reports', report.file), reportPage(report))
  }
}

const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text) => String(text).replace(/[&<>"]/g, (character) => escapes[character])

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/** A page with the search box at the top; `up` leads to the site's root. */
function page({ title, up, body, language = 'zh-CN' }) {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escaped(title)} · 文寻演示</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${up}style.css">
<script type="module" src="${up}wenxun/wenxun-search.js"></script>
</head>
<body>
<header>
<a href="${up}">文寻演示</a>
<wenxun-search src="${up}wenxun/" facets="地区,年份"></wenxun-search>
</header>
${body}
<footer>五份报告均为公开的政府文件 · Five public reports, indexed by Wenxun</footer>
</body>
</html>
`
}

/** The list of all reports. It is left out of the search: it marks no content. */
function indexPage(reports) {
  const item = ({ file, title, date, meta = {}, paragraphs }) =>
    `<li><a href="reports/${file}">${escaped(title)}</a>
<p>${escaped([meta.region, date, `${paragraphs.length} 段`].filter(Boolean).join(' · '))}</p></li>`
  const samples = ['法治政府建设', '一网通办', '楓橋經驗', '洛政文[2025]11号', 'fuyuanliandong']
  return page({
    title: '法治政府建设报告',
    up: './',
    body: `<main>
<h1>法治政府建设报告</h1>
<p>河南省五份年度报告，简体、繁体都有。在上面的框里搜一搜，例如：${samples.map((sample) => `<q>${escaped(sample)}</q>`).join('、')}。</p>
<ol>
${reports.map(item).join('\n')}
</ol>
</main>`,
  })
}

/** One report: fields to filter by, headings and paragraphs with ids. */
function reportPage({ title, date, meta = {}, paragraphs }) {
  const facts = [
    meta.region && `<span data-wenxun-filter="地区">${escaped(meta.region)}</span>`,
    meta.year && `<span data-wenxun-filter="年份">${escaped(meta.year)}</span>`,
    date &&
      `<time data-wenxun-meta="date[datetime]" datetime="${escaped(date)}">${escaped(date)}</time>`,
  ].filter(Boolean)
  const isTraditional = /[關於設]/.test(title)
  return page({
    title,
    up: '../',
    language: isTraditional ? 'zh-TW' : 'zh-CN',
    body: `<main data-wenxun-body>
<h1>${escaped(title)}</h1>
<p class="facts" data-wenxun-ignore>${facts.join(' · ')}</p>
${blocks(title, paragraphs).join('\n')}
</main>`,
  })
}

/**
 * Headings where the path of headings changes, and paragraphs. In the reports a heading may stand
 * on a line of its own, which is a paragraph too, or open its first paragraph.
 */
function blocks(title, paragraphs) {
  const open = []
  let section = 0
  return paragraphs.flatMap(({ text, heading = [] }, i) => {
    const same = heading.findIndex((line, depth) => line !== open[depth])
    const from = same < 0 ? heading.length : same
    const opened = heading.slice(from).map((line, k) => {
      const rank = Math.min(from + k + 2, 6)
      return `<h${rank} id="s${++section}">${escaped(line)}</h${rank}>`
    })
    open.splice(0, open.length, ...heading)
    const isHeading = paragraphs[i + 1]?.heading?.[heading.length] === text
    const above = opened.length > 0 ? heading.at(-1) : ''
    const rest = text.startsWith(above) ? text.slice(above.length).replace(/^[。\s]+/, '') : text
    if (isHeading || text === title || rest === '') return opened
    return [...opened, `<p id="p${i + 1}">${escaped(rest)}</p>`]
  })
}

const stylesheet = `:root {
  color-scheme: light dark;
  font: 1.0625rem / 1.9 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
}

body {
  margin: 0;
  background: light-dark(#fbfbf9, #16181b);
  color: light-dark(#1d1f22, #e6e6e3);
}

header,
main,
footer {
  max-width: 44rem;
  margin: 0 auto;
  padding: 0 1.25rem;
}

header {
  display: flex;
  flex-wrap: wrap;
  gap: 0.75rem 1.5rem;
  align-items: flex-start;
  padding-top: 1.25rem;
}

header > a {
  color: inherit;
  font-weight: 600;
  line-height: 3rem;
  text-decoration: none;
}

wenxun-search {
  flex: 1 1 18rem;
  min-width: 0;
}

h1 {
  margin: 2.5rem 0 0.5rem;
  font-size: 1.6rem;
  line-height: 1.4;
}

h2 {
  margin: 2.5rem 0 0.5rem;
  font-size: 1.25rem;
  line-height: 1.5;
}

h3,
h4 {
  margin: 1.75rem 0 0.25rem;
  font-size: 1.0625rem;
}

:target {
  background: light-dark(#fff3c4, #3d3413);
  box-shadow: 0 0 0 0.25rem light-dark(#fff3c4, #3d3413);
  scroll-margin-top: 4rem;
}

a {
  color: light-dark(#0b57a4, #8ab8f0);
}

ol {
  padding-left: 1.5rem;
}

.facts,
li p,
footer {
  color: light-dark(#66665f, #a3a39c);
  font-size: 0.875rem;
}

li p {
  margin: 0 0 0.75rem;
}

footer {
  margin-top: 4rem;
  padding-bottom: 2rem;
}
`
