/** The files under paths, in an order that never changes: by name, folders where they stand. */
import type { Dirent, Stats } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import picomatch from 'picomatch'
import { IgnoreRules, isHiddenName } from './ignore-rules.js'
import { diskFile, type InputFile, streamFile } from './input-file.js'
import { problemOfError } from './problem.js'
import type { Problem, ReadOptions } from './types.js'

/** Stands for standard input among the paths. */
export const STANDARD_INPUT = '-'
const standardInputId = 'stdin'

export interface Walked {
  readonly files: InputFile[]
  readonly problems: Problem[]
}

const byName = (a: Dirent, b: Dirent) => (a.name < b.name ? -1 : Number(a.name > b.name))

/** One of the caller's paths: a file or folder, or a pattern and the folder that it starts in. */
interface Start {
  readonly path: string
  readonly isFolder: boolean
  /** Tells whether a file is wanted, by its path below `path`. */
  readonly accepts: (below: string) => boolean
  /** The pattern that the caller wrote, if it was one. */
  readonly pattern?: string
}

class Walker {
  readonly files: { path: string; bytes: number }[] = []
  readonly problems: Problem[] = []
  /** Files met so far, those met before included. */
  found = 0
  private readonly seen = new Set<string>()
  /** Folders visited from the present start: links may lead to one by many ways. */
  private seenFolders = new Set<string>()
  private accepts: (path: string) => boolean = () => true

  async start({ path, isFolder, accepts }: Start, ignored: readonly string[]): Promise<void> {
    const rules = IgnoreRules.below(path, isFolder ? ignored : [])
    this.seenFolders = new Set()
    this.accepts = (found) => accepts(relative(path, found).split(sep).join('/'))
    await this.visit(path, [], rules)
  }

  private async visit(path: string, above: readonly string[], rules: IgnoreRules): Promise<void> {
    try {
      const status = await stat(path)
      if (status.isDirectory()) await this.visitFolder(path, above, rules)
      else if (!this.accepts(path)) return
      else if (status.isFile()) await this.visitFile(path, status)
      else {
        const message = `${path}: not a regular file`
        this.problems.push({ path, code: 'unreadable', message })
      }
    } catch (error) {
      this.problems.push(problemOfError(path, error))
    }
  }

  /** A file reached twice (two paths, or a link) is read once. */
  private async visitFile(path: string, { size }: Stats): Promise<void> {
    const real = await realpath(path)
    this.found++
    if (this.seen.has(real)) return
    this.seen.add(real)
    this.files.push({ path, bytes: size })
  }

  private async visitFolder(
    path: string,
    above: readonly string[],
    outer: IgnoreRules,
  ): Promise<void> {
    const real = await realpath(path)
    if (above.includes(real)) {
      const message = `${path}: a link back to a folder above it; not followed`
      this.problems.push({ path, code: 'loop', message })
      return
    }
    if (this.seenFolders.has(real)) return
    this.seenFolders.add(real)
    const rules = await outer.inFolder(path)
    const entries = await readdir(path, { withFileTypes: true })
    for (const entry of entries.sort(byName)) {
      if (isHiddenName(entry.name)) continue
      const inside = join(path, entry.name)
      if (rules.ignores(inside, entry.isDirectory())) continue
      await this.visit(inside, [...above, real], rules)
    }
  }
}

/** A path that exists is taken as it stands, even when it looks like a pattern. */
async function startOf(path: string): Promise<Start> {
  const status = await stat(path).catch(() => null)
  if (status) return { path, isFolder: status.isDirectory(), accepts: () => true }
  const { isGlob, base, glob } = picomatch.scan(path.split(sep).join('/'))
  if (!isGlob) return { path, isFolder: false, accepts: () => true }
  const matches = picomatch(glob)
  // A pattern that matches a folder means all that is in it, as it does in a shell.
  const accepts = (below: string) => {
    for (let end = below.length; end > 0; end = below.lastIndexOf('/', end - 1)) {
      if (matches(below.slice(0, end))) return true
    }
    return false
  }
  const root = path.startsWith('/') ? '/' : '.'
  return { path: base === '' ? root : base, isFolder: true, accepts, pattern: path }
}

/** The deepest folder that holds all the paths. */
function sharedFolder(starts: readonly Start[]): string {
  const folders = starts.map(({ path, isFolder }) =>
    isFolder ? resolve(path) : dirname(resolve(path)),
  )
  const parts = folders.map((folder) => folder.split(sep))
  const first = parts[0] ?? []
  let length = first.length
  for (const other of parts.slice(1)) {
    let same = 0
    while (same < length && other[same] === first[same]) same++
    length = same
  }
  return first.slice(0, length).join(sep) || sep
}

/**
 * Finds the files: of a folder all below it, of a pattern (as in a shell) those that match,
 * of `-` standard input. Hidden files, node_modules, what a folder's `.wenxunignore` names (as in
 * a .gitignore) and what `options.ignore` names are passed over unless named outright.
 */
export async function walk(paths: readonly string[], options: ReadOptions): Promise<Walked> {
  const walker = new Walker()
  const starts: Start[] = []
  for (const path of paths) {
    if (path === STANDARD_INPUT) continue
    const start = await startOf(path)
    starts.push(start)
    const files = walker.found
    const problems = walker.problems.length
    await walker.start(start, options.ignore ?? [])
    if (walker.found > files) continue
    if (start.pattern !== undefined) {
      const message = `${path}: no such file or folder, nor a pattern that matches a file`
      walker.problems.push({ path, code: 'not-found', message })
    } else if (start.isFolder && walker.problems.length === problems) {
      walker.problems.push({ path, code: 'empty', message: `${path}: a folder without files` })
    }
  }
  const shared = options.base === undefined ? sharedFolder(starts) : resolve(options.base)
  const files = walker.files.map(({ path, bytes }) => {
    const id = relative(shared, resolve(path)).split(sep).join('/') || basename(path)
    return diskFile(path, id, bytes)
  })
  if (paths.includes(STANDARD_INPUT)) {
    const input = () => Promise.resolve(options.input ?? process.stdin)
    files.unshift(streamFile(STANDARD_INPUT, standardInputId, 0, input))
  }
  return { files, problems: walker.problems }
}
