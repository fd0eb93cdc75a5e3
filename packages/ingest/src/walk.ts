/** The files under paths, in an order that never changes: by name, folders where they stand. */
import type { Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import type { Problem } from './types.js'

export interface FoundFile {
  /** As the caller wrote it, joined with the names below it. */
  readonly path: string
  /** Path below the folder that all given paths share, with `/`: the document's default id. */
  readonly id: string
  readonly bytes: number
}

export interface Walked {
  readonly files: FoundFile[]
  readonly problems: Problem[]
}

const skippedFolders = new Set(['node_modules'])

const byName = (a: Dirent, b: Dirent) => (a.name < b.name ? -1 : Number(a.name > b.name))

/** A problem for an error of the file system. */
export function problemOfError(path: string, error: unknown): Problem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOENT')
    return { path, code: 'not-found', message: `${path}: no such file or folder` }
  if (code === 'ELOOP')
    return { path, code: 'loop', message: `${path}: a link that leads to itself` }
  const reason = code === 'EACCES' || code === 'EPERM' ? 'permission denied' : code || String(error)
  return { path, code: 'unreadable', message: `${path}: cannot be read: ${reason}` }
}

class Walker {
  readonly files: { path: string; bytes: number }[] = []
  readonly problems: Problem[] = []
  private readonly seen = new Set<string>()

  async visit(path: string, above: readonly string[]): Promise<void> {
    try {
      const status = await stat(path)
      if (status.isDirectory()) await this.visitFolder(path, above)
      else if (status.isFile()) await this.visitFile(path, status.size)
      else {
        const message = `${path}: not a regular file`
        this.problems.push({ path, code: 'unreadable', message })
      }
    } catch (error) {
      this.problems.push(problemOfError(path, error))
    }
  }

  /** A file reached twice (two paths, or a link) is read once. */
  private async visitFile(path: string, bytes: number): Promise<void> {
    const real = await realpath(path)
    if (this.seen.has(real)) return
    this.seen.add(real)
    this.files.push({ path, bytes })
  }

  private async visitFolder(path: string, above: readonly string[]): Promise<void> {
    const real = await realpath(path)
    if (above.includes(real)) {
      const message = `${path}: a link back to a folder above it; not followed`
      this.problems.push({ path, code: 'loop', message })
      return
    }
    if (this.seen.has(real)) return
    this.seen.add(real)
    const entries = await readdir(path, { withFileTypes: true })
    for (const entry of entries.sort(byName)) {
      if (entry.name.startsWith('.') || skippedFolders.has(entry.name)) continue
      await this.visit(join(path, entry.name), [...above, real])
    }
  }
}

/** The deepest folder that holds all the paths. */
function sharedFolder(paths: readonly string[], isFolder: readonly boolean[]): string {
  const folders = paths.map((path, i) => (isFolder[i] ? resolve(path) : dirname(resolve(path))))
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

/** Finds the files; hidden ones and node_modules are passed over unless named outright. */
export async function walk(paths: readonly string[]): Promise<Walked> {
  const walker = new Walker()
  const folders: boolean[] = []
  for (const path of paths) {
    const status = await stat(path).catch(() => null)
    folders.push(status?.isDirectory() ?? false)
    const before = walker.files.length + walker.problems.length
    await walker.visit(path, [])
    if (status?.isDirectory() && walker.files.length + walker.problems.length === before) {
      walker.problems.push({ path, code: 'empty', message: `${path}: a folder without files` })
    }
  }
  const shared = sharedFolder(paths, folders)
  const files = walker.files.map((file) => ({
    ...file,
    id: relative(shared, resolve(file.path)).split(sep).join('/') || basename(file.path),
  }))
  return { files, problems: walker.problems }
}
