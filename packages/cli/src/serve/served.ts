/** What a path means to `wenxun serve`, and how requests for it are answered. */
import { closeSync, openSync, statSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { basename, join, resolve } from 'node:path'
import { isLiveDirectory } from '@wenxun/node'
import { naming } from '../index-file.js'
import { plural } from '../output/quantity.js'
import { folderFiles } from './folder-files.js'
import { sendBytes, sendJson } from './http-service.js'
import { RequestError } from './request-error.js'
import { SearchPage } from './search-page.js'
import { SearchPool } from './search-pool.js'
import type { JsonAnswer, Question } from './search-question.js'

export interface Served {
  /**
   * Answers a request whose address was checked; throws a RequestError for what is not there. The
   * signal ends what goes on for the answer.
   */
  readonly answer: (
    url: URL,
    request: IncomingMessage,
    response: ServerResponse,
    signal: AbortSignal,
  ) => void | Promise<void>
  /** How it is called, for a person. */
  readonly what: string
  /** What a program is told of it. */
  readonly facts: Readonly<Record<string, number | string>>
  /** Lets go of it; nothing is answered afterwards. */
  readonly close: () => Promise<void>
}

/**
 * An index file, a live index, a bundle, or a site. Indexes are searched in so many threads.
 * @throws {InputError} when there is no such thing at the path
 */
export async function servedAt(path: string, threads: number): Promise<Served> {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return servedFile(path, threads)
  const has = (name: string) => statSync(join(path, name), { throwIfNoEntry: false })?.isFile()
  if (has('wenxun.json')) return servedBundle(path)
  // Sites have a file of this name, too, and a page beside it.
  if (!isLiveDirectory(path) || has('index.html')) return servedSite(path)
  const pool = await SearchPool.open({ path, descriptor: null }, { threads })
  const ask = (question: Question, signal: AbortSignal) => pool.ask(question, signal)
  return servedIndex(path, pool, ask, () => pool.close())
}

const notFound = () => new RequestError(404, 'not-found', 'There is nothing at this address.')

/** All threads read one open file, so that they agree whatever takes its name meanwhile. */
async function servedFile(path: string, threads: number): Promise<Served> {
  const descriptor = naming(path, () => openSync(path, 'r'))
  try {
    const pool = await SearchPool.open({ path, descriptor }, { threads })
    const known = new Map<Question['kind'], JsonAnswer>()
    const ask = async (question: Question, signal: AbortSignal) => {
      const answer = known.get(question.kind) ?? (await pool.ask(question, signal))
      // What depends on the file alone needs no thread the next time.
      if (question.kind !== 'search') known.set(question.kind, answer)
      return answer
    }
    // Now, while no search can keep them waiting.
    for (const kind of ['facts', 'facets'] as const) await ask({ kind }, never)
    return servedIndex(path, pool, ask, async () => {
      await pool.close()
      closeSync(descriptor)
    })
  } catch (error) {
    closeSync(descriptor)
    throw error
  }
}

type Ask = SearchPool['ask']

/** For questions that are worth an answer whoever has gone. */
const never = new AbortController().signal

function servedIndex(path: string, pool: SearchPool, ask: Ask, close: Served['close']): Served {
  const facets = async () => {
    const { status, bytes } = await ask({ kind: 'facets' }, never)
    return status === 200 ? (JSON.parse(new TextDecoder().decode(bytes)) as string[]) : []
  }
  const page = new SearchPage({ kind: 'index', facets, name: basename(resolve(path)) })
  const { documents, paragraphs } = pool.counts
  return {
    answer: async ({ pathname, searchParams }, _, response, signal) => {
      const question = questionOf(pathname, searchParams)
      if (question !== null) {
        const { status, bytes } = await ask(question, signal)
        sendBytes(response, status, bytes)
      } else if (pathname === '/api/status') sendJson(response, 200, pool.status)
      else if (!(await page.send(pathname, response))) throw notFound()
    },
    what: `${path}, ${plural(documents, 'document')}, ${plural(paragraphs, 'paragraph')}`,
    facts: { index: path, documents, paragraphs },
    close,
  }
}

function questionOf(pathname: string, parameters: URLSearchParams): Question | null {
  if (pathname === '/api/search') return { kind: 'search', parameters: parameters.toString() }
  return pathname === '/api/index' ? { kind: 'facts' } : null
}

const nothingToClose = () => Promise.resolve()

function servedBundle(path: string): Served {
  const send = folderFiles(path)
  const name = basename(resolve(path))
  const page = new SearchPage({ kind: 'bundle', address: '/bundle/', name })
  return {
    answer: async ({ pathname }, request, response) => {
      if (await page.send(pathname, response)) return
      if (!pathname.startsWith('/bundle/')) throw notFound()
      request.url = request.url!.slice('/bundle'.length)
      send(request, response)
    },
    what: `${path}, a bundle`,
    facts: { bundle: path },
    close: nothingToClose,
  }
}

function servedSite(path: string): Served {
  const send = folderFiles(path)
  return {
    answer: (_, request, response) => send(request, response),
    what: `${path}, a site`,
    facts: { site: path },
    close: nothingToClose,
  }
}
