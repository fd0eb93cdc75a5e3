/** The page of a local index: a search box over the JSON API, under a strict policy. */
import { readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { escapeHtml } from '@wenxun/core'
import { uiFiles } from '../site/ui-bundle.js'

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

interface Asset {
  readonly type: string
  readonly bytes: () => Uint8Array | string | Promise<string>
}

/** Where the box takes its answers from. */
export type PageSource =
  | {
      readonly kind: 'index'
      /** Names of the fields to narrow down by. */
      readonly facets: () => Promise<readonly string[]>
      readonly name: string
    }
  /** A bundle at this address. */
  | { readonly kind: 'bundle'; readonly address: string; readonly name: string }

export class SearchPage {
  readonly #assets: ReadonlyMap<string, Asset>
  #ui: ReadonlyMap<string, Uint8Array> | null = null

  constructor(source: PageSource) {
    const file = (name: string) => () =>
      readFileSync(new URL(`../../assets/${name}`, import.meta.url))
    this.#assets = new Map<string, Asset>([
      ['/', { type: 'text/html', bytes: () => page(source) }],
      ['/serve.js', { type: 'text/javascript', bytes: file('serve.js') }],
      ['/serve.css', { type: 'text/css', bytes: file('serve.css') }],
    ])
  }

  /** Sends the page, or a file that it needs; false when the path is neither. */
  async send(path: string, response: ServerResponse): Promise<boolean> {
    const asset = this.#assets.get(path) ?? this.#uiAsset(path)
    if (asset === undefined) return false
    const bytes = await asset.bytes()
    response.setHeader('Content-Type', `${asset.type}; charset=utf-8`)
    response.setHeader('Content-Length', Buffer.byteLength(bytes))
    response.setHeader('Content-Security-Policy', policy)
    response.setHeader('Cache-Control', 'no-cache')
    response.end(bytes)
    return true
  }

  #uiAsset(path: string): Asset | undefined {
    if (!/^\/wenxun-[\w-]+\.js$/.test(path)) return undefined
    this.#ui ??= uiFiles()
    const bytes = this.#ui.get(path.slice(1))
    return bytes && { type: 'text/javascript', bytes: () => bytes }
  }
}

async function page(source: PageSource): Promise<string> {
  const name = escapeHtml(source.name)
  const attributes =
    source.kind === 'index'
      ? `facets="${escapeHtml((await source.facets()).join(','))}"`
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
