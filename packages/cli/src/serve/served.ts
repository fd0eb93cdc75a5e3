/** What a path means to `wenxun serve`, and how requests for it are answered. */
import { statSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { basename, join, resolve } from 'node:path'
import type { SearchIndex } from '@wenxun/core'
import { isLiveDirectory, LiveReader } from '@wenxun/node'
import { naming, openIndexFile } from '../index-file.js'
import { plural } from '../output/quantity.js'
import { folderFiles } from './folder-files.js'
import { sendJson } from './http-service.js'
import { RequestError } from './request-error.js'
import { searchAnswer } from './search-api.js'
import { SearchPage } from './search-page.js'

export interface Served {
  /** Answers a request whose address was checked; throws a RequestError for what is not there. */
  readonly answer: (url: URL, request: IncomingMessage, response: ServerResponse) => void
  /** How it is called, for a person. */
  readonly what: string
  /** What a program is told of it. */
  readonly facts: Readonly<Record<string, number | string>>
}

/**
 * An index file, a live index, a bundle, or a site.
 * @throws {InputError} when there is no such thing at the path
 */
export function servedAt(path: string): Served {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    const { index } = openIndexFile(path)
    return servedIndex(path, () => index)
  }
  const has = (name: string) => statSync(join(path, name), { throwIfNoEntry: false })?.isFile()
  if (has('wenxun.json')) return servedBundle(path)
  // Sites have a file of this name, too, and a page beside it.
  if (isLiveDirectory(path) && !has('index.html')) return servedLive(path)
  return servedSite(path)
}

const notFound = () => new RequestError(404, 'not-found', 'There is nothing at this address.')

/** Every request sees what was committed last. */
function servedLive(path: string): Served {
  const reader = naming(path, () => new LiveReader(path))
  return servedIndex(path, () => {
    reader.refresh()
    return reader.snapshot.index
  })
}

function servedIndex(path: string, current: () => SearchIndex): Served {
  const page = new SearchPage({ kind: 'index', index: current, name: basename(resolve(path)) })
  const { documents, paragraphs } = current().metadata.counts
  return {
    answer: ({ pathname, searchParams }, _, response) => {
      if (pathname === '/api/search') sendJson(response, 200, searchAnswer(current(), searchParams))
      else if (pathname === '/api/index') sendJson(response, 200, factsOf(current()))
      else if (!page.send(pathname, response)) throw notFound()
    },
    what: `${path}, ${plural(documents, 'document')}, ${plural(paragraphs, 'paragraph')}`,
    facts: { index: path, documents, paragraphs },
  }
}

function factsOf(index: SearchIndex) {
  const { documents, paragraphs } = index.metadata.counts
  return { documents, paragraphs, columns: index.inspect().columns }
}

function servedBundle(path: string): Served {
  const send = folderFiles(path)
  const name = basename(resolve(path))
  const page = new SearchPage({ kind: 'bundle', address: '/bundle/', name })
  return {
    answer: ({ pathname }, request, response) => {
      if (page.send(pathname, response)) return
      if (!pathname.startsWith('/bundle/')) throw notFound()
      request.url = request.url!.slice('/bundle'.length)
      send(request, response)
    },
    what: `${path}, a bundle`,
    facts: { bundle: path },
  }
}

function servedSite(path: string): Served {
  const send = folderFiles(path)
  return {
    answer: (_, request, response) => send(request, response),
    what: `${path}, a site`,
    facts: { site: path },
  }
}
