/**
 * A page in headless Chromium that may run nothing but the script it is given: tests of what
 * browsers do. Chromium is CHROMIUM_PATH, or one on the PATH; none is downloaded.
 */
import { existsSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { type Browser, chromium, type Page } from 'playwright-core'

const root = fileURLToPath(new URL('../../', import.meta.url))
const names = ['chromium', 'chromium-browser', 'google-chrome']
const policy = "default-src 'none'; script-src 'self'"

/** Nothing but the page may happen: no first-run screens, no updates, no GPU. */
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The browser's path; null where there is none. */
export function findChromium(): string | null {
  const given = process.env['CHROMIUM_PATH']
  if (given) return given
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const paths = folders.flatMap((folder) => names.map((name) => join(folder, name)))
  return paths.find((path) => existsSync(path)) ?? null
}

export interface StrictPage {
  readonly page: Page
  close(): Promise<void>
}

/** A page on localhost whose only script is the bundle of this module, for browsers. */
export async function openStrictPage(executablePath: string, source: string): Promise<StrictPage> {
  const server = await serve(await bundle(source))
  const browser = await chromium.launch({ executablePath, args: flags })
  try {
    const page = await browser.newPage()
    const { port } = server.address() as AddressInfo
    await page.goto(`http://localhost:${port}/`)
    return { page, close: () => close(browser, server) }
  } catch (error) {
    await close(browser, server)
    throw error
  }
}

async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    format: 'iife',
    platform: 'browser',
    write: false,
  })
  return outputFiles[0]!.text
}

function serve(script: string): Promise<Server> {
  const page = '<!doctype html><meta charset="utf-8"><script src="/script.js"></script>'
  const server = createServer((request, response) => {
    const isScript = request.url === '/script.js'
    response.setHeader('content-security-policy', policy)
    response.setHeader('content-type', `text/${isScript ? 'javascript' : 'html'}; charset=utf-8`)
    response.end(isScript ? script : page)
  })
  return new Promise((resolve) => server.listen(0, 'localhost', () => resolve(server)))
}

async function close(browser: Browser, server: Server): Promise<void> {
  await browser.close()
  server.closeAllConnections()
  server.close()
}
