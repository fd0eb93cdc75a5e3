/** The page of a local index: a search box over the JSON API, under a strict policy. */
import { readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { escapeHtml, type SearchIndex } from '@wenxun/core'
import { UI_FILE, uiBundle } from '../site/ui-bundle.js'

/** Nothing but what this server serves itself; no inline script, no frame, no form. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Fields with more values than this are no help for narrowing down. */
const mostValues = 60
const mostFacets = 4
/** Documents for each value, at least. */
const leastShared = 1.5

interface Asset {
  readonly type: string
  readonly bytes: () => Uint8Array | string
}

/** Where the box takes its answers from. */
export type PageSource =
  | { readonly kind: 'index'; readonly index: () => SearchIndex; readonly name: string }
  /** A bundle at this address. */
  | { readonly kind: 'bundle'; readonly address: string; readonly name: string }

export class SearchPage {
  readonly #assets: ReadonlyMap<string, Asset>

  constructor(source: PageSource) {
    const file = (name: string) => () =>
      readFileSync(new URL(`../../assets/${name}`, import.meta.url))
    this.#assets = new Map<string, Asset>([
      ['/', { type: 'text/html', bytes: () => page(source) }],
      ['/serve.js', { type: 'text/javascript', bytes: file('serve.js') }],
      ['/serve.css', { type: 'text/css', bytes: file('serve.css') }],
      [`/${UI_FILE}`, { type: 'text/javascript', bytes: uiBundle }],
    ])
  }

  /** Sends the page, or a file that it needs; false when the path is neither. */
  send(path: string, response: ServerResponse): boolean {
    const asset = this.#assets.get(path)
    if (asset === undefined) return false
    const bytes = asset.bytes()
    response.setHeader('Content-Type', `${asset.type}; charset=utf-8`)
    response.setHeader('Content-Length', Buffer.byteLength(bytes))
    response.setHeader('Content-Security-Policy', policy)
    response.setHeader('Cache-Control', 'no-cache')
    response.end(bytes)
    return true
  }
}

function page(source: PageSource): string {
  const name = escapeHtml(source.name)
  const attributes =
    source.kind === 'index'
      ? `facets="${escapeHtml(facetsOf(source.index()).join(','))}"`
      : `src="${escapeHtml(source.address)}"`
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${name} · 文寻</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/serve.css">
<script type="module" src="/serve.js"></script>
</head>
<body>
<main>
<h1>${name}</h1>
<wenxun-search ${attributes}></wenxun-search>
<article id="paragraph" hidden aria-live="polite"></article>
</main>
</body>
</html>
`
}

/** Fields that narrow down: a few values, most of them of several documents. */
function facetsOf(index: SearchIndex): string[] {
  const { documents } = index.metadata.counts
  const rated = index.metadata.columns.map((name) => {
    const column = index.column(name)
    let having = 0
    for (let i = 0; i < documents; i++) if (column.firstOrdinal(i) >= 0) having++
    const count = column.values.length
    const isShort = count > 1 && count <= mostValues && column.kind !== 'date'
    const isPlain = !/[,:]/.test(name) && !column.values.every(isDate)
    return { name, shared: isShort && isPlain ? having / count : 0, having }
  })
  return rated
    .filter(({ shared }) => shared >= leastShared)
    .sort((a, b) => b.having - a.having)
    .slice(0, mostFacets)
    .map(({ name }) => name)
}

const isDate = (value: string | number) => /^\d{4}-\d{2}(-\d{2})?$/.test(String(value))
