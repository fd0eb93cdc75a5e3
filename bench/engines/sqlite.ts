/**
 * SQLite FTS5 with the trigram tokenizer, in memory, ranked by its bm25.
 *
 * The SQLite is Node's own where there is one with FTS5 (`node:sqlite`, from 22.5), else
 * node-sqlite3-wasm, which runs everywhere but slower than native code. (better-sqlite3 for
 * Node 20 compiles itself or downloads a binary, so it is not used.)
 * A trigram index knows nothing shorter: parts of one or two characters are found by LIKE, which
 * scans, in no order. Parts of three or more are phrases, exact substrings; several parts are
 * joined by OR. A question becomes all its trigrams, joined by OR.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import wasm from 'node-sqlite3-wasm'
import type { BenchQuery } from '../queries.js'
import { type Engine, type EngineKind, paragraphRecords, tagOf } from './engine.js'

type Value = string | number

/** What both SQLites offer, in one shape. */
interface Sql {
  run(sql: string, values?: readonly Value[]): void
  /** A prepared query whose rows have a column `id`. */
  ids(sql: string): (values: readonly Value[]) => number[]
}

const SHORTEST = 3
const COLUMNS = 'text, tag UNINDEXED, tokenize="trigram"'
const native = nativeSqlite()

export const sqliteTrigram: EngineKind = {
  name: 'SQLite FTS5',
  setting: `trigram, ${native === null ? 'node-sqlite3-wasm' : 'node:sqlite'}`,
  storesText: true,
  lacks: [],
  build(documents, options) {
    const sql = openSql(':memory:')
    sql.run(`CREATE VIRTUAL TABLE paragraphs USING fts5(${COLUMNS})`)
    sql.run('BEGIN')
    for (const { id, text, tag } of paragraphRecords(documents, options)) {
      sql.run('INSERT INTO paragraphs(rowid, text, tag) VALUES (?, ?, ?)', [id, text, tag])
    }
    sql.run('COMMIT')
    return engineOf(sql)
  },
}

function engineOf(sql: Sql): Engine {
  const select = (where: string) => sql.ids(`SELECT rowid AS id FROM paragraphs WHERE ${where}`)
  const ranked = select('paragraphs MATCH ? ORDER BY rank LIMIT ?')
  const rankedOfTag = select('paragraphs MATCH ? AND tag = ? ORDER BY rank LIMIT ?')
  const scans = new Map<string, (values: readonly Value[]) => number[]>()
  const scan = (where: string) => {
    const known = scans.get(where) ?? select(where)
    scans.set(where, known)
    return known
  }
  return {
    search(query, limit) {
      const tag = tagOf(query)
      const parts = partsOf(query)
      if (parts.length === 0) return []
      if (parts.some(({ length }) => length < SHORTEST)) {
        const any = parts.map(() => 'text LIKE ?').join(' OR ')
        const values = parts.map((part) => `%${part}%`)
        return tag === null
          ? scan(`${any} LIMIT ?`)([...values, limit])
          : scan(`(${any}) AND tag = ? LIMIT ?`)([...values, tag, limit])
      }
      const match = parts.map((part) => `"${part.replaceAll('"', '""')}"`).join(' OR ')
      return tag === null ? ranked([match, limit]) : rankedOfTag([match, tag, limit])
    },
    save() {
      const folder = mkdtempSync(join(tmpdir(), 'wenxun-sqlite-'))
      process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
      const file = join(folder, 'index.sqlite')
      sql.run(`VACUUM INTO '${file}'`)
      return { bytes: statSync(file).size, open: () => engineOf(openSql(file)) }
    },
  }
}

function partsOf({ kind, bare }: BenchQuery): string[] {
  const parts = bare.split(/\s+/).filter((part) => part !== '')
  if (kind !== 'questions') return parts
  const runs = bare.match(/[\p{L}\p{N}]+/gu) ?? []
  const trigrams = runs.flatMap((run) => {
    const characters = [...run]
    return characters.slice(SHORTEST - 1).map((_, i) => characters.slice(i, i + 3).join(''))
  })
  return trigrams.length > 0 ? [...new Set(trigrams)] : parts
}

function openSql(path: string): Sql {
  return native === null ? openWasm(path) : native(path)
}

function openWasm(path: string): Sql {
  const database = new wasm.Database(path)
  return {
    run: (sql, values) => {
      database.run(sql, values === undefined ? undefined : [...values])
    },
    ids(sql) {
      const statement = database.prepare(sql)
      return (values) => statement.all([...values]).map((row) => Number(row['id']))
    },
  }
}

interface NativeDatabase {
  exec(sql: string): void
  prepare(sql: string): {
    run(...values: Value[]): unknown
    all(...values: Value[]): { id: number }[]
  }
}

function nativeSqlite(): ((path: string) => Sql) | null {
  try {
    const { DatabaseSync } = createRequire(import.meta.url)('node:sqlite') as {
      DatabaseSync: new (path: string) => NativeDatabase
    }
    new DatabaseSync(':memory:').exec(`CREATE VIRTUAL TABLE test USING fts5(${COLUMNS})`)
    return (path) => {
      const database = new DatabaseSync(path)
      const inserts = new Map<string, ReturnType<NativeDatabase['prepare']>>()
      return {
        run(sql, values = []) {
          const statement = inserts.get(sql) ?? database.prepare(sql)
          inserts.set(sql, statement)
          statement.run(...values)
        },
        ids(sql) {
          const statement = database.prepare(sql)
          return (values) => statement.all(...values).map(({ id }) => id)
        },
      }
    }
  } catch {
    return null
  }
}
