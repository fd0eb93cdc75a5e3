/** The bytes of a site's pages in order, the next few being read meanwhile. */
import { readFile } from 'node:fs/promises'
import { problemOfError } from '../problem.js'
import type { Problem } from '../types.js'

/** A page on disk, told in a way that threads can be told it. */
export interface PagePlace {
  readonly path: string
  /** Path below the site's root, with `/`. */
  readonly id: string
  /** Size when the folder was listed. */
  readonly bytes: number
}

/** A page's bytes, or why there are none. */
export type PageFile =
  | { readonly place: PagePlace; readonly bytes: Buffer }
  | { readonly place: PagePlace; readonly bytes: null; readonly problem: Problem }

const readAhead = 8

async function opened(place: PagePlace, limit: number): Promise<PageFile> {
  const { path } = place
  if (place.bytes > limit) {
    const message = `${path}: more than ${limit} bytes; not read`
    return { place, bytes: null, problem: { path, code: 'too-large', message } }
  }
  try {
    return { place, bytes: await readFile(path) }
  } catch (error) {
    return { place, bytes: null, problem: problemOfError(path, error) }
  }
}

/** The files with their bytes; one above `limit` bytes comes as a problem. */
export async function* pageFiles(
  places: readonly PagePlace[],
  limit: number,
): AsyncGenerator<PageFile> {
  const ahead: Promise<PageFile>[] = []
  for (let i = 0; i < places.length; i++) {
    while (ahead.length < readAhead && i + ahead.length < places.length) {
      ahead.push(opened(places[i + ahead.length]!, limit))
    }
    yield await ahead.shift()!
  }
}
