/** A judged collection: `corpus.jsonl.gz`, `queries.jsonl` and `qrels.tsv` in one folder. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

export interface JudgedQuery {
  readonly id: string
  readonly text: string
  /** Ids of the relevant documents; never empty. */
  readonly relevant: ReadonlySet<string>
}

export interface CollectionDocument {
  readonly id: string
  readonly title: string
  readonly text: string
}

export interface Collection {
  readonly name: string
  readonly documents: readonly CollectionDocument[]
  readonly queries: readonly JudgedQuery[]
}

/** The collection `<folder>/relevance/<name>`, or null after a visible line. */
export function loadCollection(name: string, folder: string): Collection | null {
  const path = join(folder, 'relevance', name)
  const corpus = join(path, 'corpus.jsonl.gz')
  if (!existsSync(corpus)) {
    console.log(`SKIPPED ${name}: ${corpus} is absent (set --data or WENXUN_DATA).`)
    return null
  }
  const documents = lines(gunzipSync(readFileSync(corpus)).toString('utf8')).map(
    (line) => JSON.parse(line) as CollectionDocument,
  )
  const judged = readJudgements(join(path, 'qrels.tsv'))
  const queries = readQueries(join(path, 'queries.jsonl'))
  return {
    name,
    documents,
    queries: queries.flatMap(({ id, text }) => {
      const relevant = judged.get(id)
      return relevant === undefined ? [] : [{ id, text, relevant }]
    }),
  }
}

/** Queries of a JSONL file of `{id, text}`. */
export function readQueries(path: string): { readonly id: string; readonly text: string }[] {
  return lines(readFileSync(path, 'utf8')).map(
    (line) => JSON.parse(line) as { id: string; text: string },
  )
}

function readJudgements(path: string): Map<string, Set<string>> {
  const judged = new Map<string, Set<string>>()
  for (const line of lines(readFileSync(path, 'utf8'))) {
    const [query, document, grade] = line.split('\t')
    if (query === undefined || document === undefined || !(Number(grade) > 0)) continue
    const known = judged.get(query)
    if (known === undefined) judged.set(query, new Set([document]))
    else known.add(document)
  }
  return judged
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '')
}
