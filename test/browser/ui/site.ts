/**
 * A small site with the search box on it, as strict as a site can be: pages about the seed reports,
 * hostile documents beside them, one index, and the shipped bundle. No inline script, no inline
 * style, nothing from elsewhere.
 */

import { existsSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { SourceDocument } from '@wenxun/core'
import { writeBundle } from '@wenxun/core/build'
import { build } from '../../support/notation.js'
import { openSeeds } from '../../support/seeds.js'

export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'"

/** A file of the search box as sites get it, by its address in any folder; null for others. */
function codeAt(pathname: string): Uint8Array | null {
  const [name] = /wenxun-[\w-]+\.js$/.exec(pathname) ?? []
  const file = new URL(`../../../packages/ui/dist/page/${name}`, import.meta.url)
  return name !== undefined && existsSync(file) ? readFileSync(file) : null
}

/** Text that would run if it were taken for markup, in every place a document has. */
export const HOSTILE = '<img src=x onerror="globalThis.hacked=1"></script><b>恶意标记</b>'

const hostile: SourceDocument[] = [
  {
    id: 'markup',
    title: `攻击样本 ${HOSTILE}`,
    url: '/reports/0.html',
    meta: { city: `<b>"城市"</b>`, year: 1999 },
    paragraphs: [{ text: `攻击样本 ${HOSTILE}`, heading: [HOSTILE], anchor: '"><script>' }],
  },
  ...[
    'javascript:globalThis.hacked=1',
    ' java\tscript:globalThis.hacked=1',
    'data:text/html,x',
  ].map((url, i) => ({
    id: `scheme${i}`,
    title: `攻击链接 ${i}`,
    url,
    paragraphs: [{ text: '攻击链接的地址不能打开。' }],
  })),
  {
    id: 'long',
    title: '长行'.repeat(5000),
    url: '/reports/1.html',
    paragraphs: [
      { text: `${'没有标点的一行'.repeat(30_000)}攻击长行`, heading: ['长题'.repeat(5000)] },
    ],
  },
]

/** The element's tag, then how the page's index behaves. */
export interface SitePage {
  readonly tag: string
  readonly lang?: string
  /** Milliseconds per answer; 0 answers at once. */
  readonly delay?: number
  /** How many searches fail before one works. */
  readonly failures?: number
  /** More of the page, behind the box. */
  readonly rest?: string
}

export interface Site {
  /** Address of a page with a box. */
  page(page: SitePage): string
  readonly origin: string
  /** The index of the site, as one file. */
  readonly index: Uint8Array
  close(): void
}

export async function openSite(): Promise<Site> {
  const { documents } = await openSeeds()
  const reports = documents.map((document, i) => ({ ...document, url: `reports/${i}.html` }))
  const index = build([...reports, ...hostile])
  const shards = writeBundle(index)
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    const send = (type: string, body: string | Uint8Array) => {
      response.setHeader('content-security-policy', POLICY)
      response.setHeader('content-type', `${type}; charset=utf-8`)
      response.end(body)
    }
    const report = reports[Number(/^\/reports\/(\d)\.html$/.exec(pathname)?.[1])]
    const code = codeAt(pathname)
    const shard = shards.get(pathname.replace('/wenxun/', ''))
    if (pathname === '/') send('text/html', boxPage(searchParams))
    else if (pathname === '/page.css') send('text/css', pageStyle)
    else if (pathname === '/page.js') send('text/javascript', pageScript)
    else if (code !== null) send('text/javascript', code)
    else if (pathname === '/index.wx') send('application/octet-stream', index)
    else if (shard !== undefined) send('application/octet-stream', shard)
    else if (report !== undefined) send('text/html', reportPage(report))
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`
  return {
    origin,
    index,
    page: (page) => `${origin}/?${new URLSearchParams(Object.entries(page))}`,
    close: () => close(server),
  }
}

function close(server: Server): void {
  server.closeAllConnections()
  server.close()
}

function boxPage(options: URLSearchParams): string {
  return `<!doctype html>
<html lang="${options.get('lang') ?? 'zh-CN'}" data-delay="${options.get('delay') ?? 0}" data-failures="${options.get('failures') ?? 0}">
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>法治政府建设年度报告</title>
<link rel="stylesheet" href="/page.css">
<script type="module" src="/page.js"></script>
<header><h1>法治政府建设年度报告</h1>${options.get('tag')}</header>
${options.get('rest') ?? ''}`
}

const pageStyle = `
  :root { color-scheme: light dark; }
  body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem;
    font: 16px/1.6 system-ui, "Noto Sans CJK SC", sans-serif; }
  h1 { font-size: 1.25rem; }
  html[data-theme=dark] body { background: #111317; color: #e7e9ed; }
  @media (prefers-color-scheme: dark) { body { background: #111317; color: #e7e9ed; } }`

/** Notes every search it is asked for, and answers late or not at all where the page says so. */
const pageScript = `
  import { openIndex } from '/wenxun-search.js'
  const { delay, failures } = document.documentElement.dataset
  globalThis.searches = []
  globalThis.aborted = 0
  const bytes = new Uint8Array(await (await fetch('/index.wx')).arrayBuffer())
  const index = await openIndex(bytes)
  let left = Number(failures)
  const searchable = {
    search(query, options) {
      searches.push(query)
      options.signal.addEventListener('abort', () => aborted++)
      if (left-- > 0) throw new Error('no connection')
      if (delay === '0') return index.search(query, options)
      // Longer queries are answered sooner, so answers come in the wrong order.
      const wait = Number(delay) / query.length
      return new Promise((resolve) => setTimeout(() => resolve(index.search(query, options)), wait))
    },
  }
  for (const box of document.querySelectorAll('wenxun-search:not([src])')) box.index = searchable
  document.documentElement.dataset.ready = ''`

function reportPage({ title = '', paragraphs }: SourceDocument): string {
  const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>${escaped(title)}</title>
<link rel="stylesheet" href="/page.css"><h1>${escaped(title)}</h1>
${paragraphs.map(({ text }) => `<p>${escaped(text)}</p>`).join('\n')}`
}
