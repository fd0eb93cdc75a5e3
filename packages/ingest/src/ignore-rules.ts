/** What is not read: hidden names, what folders say in `.wenxunignore`, what the caller says. */
import { readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import ignore, { type Ignore } from 'ignore'

export const IGNORE_FILE = '.wenxunignore'

const skippedFolders = new Set(['node_modules'])

/** True for a file or folder that is passed over unless named outright. */
export function isHiddenName(name: string): boolean {
  return name.startsWith('.') || skippedFolders.has(name)
}

/** Tells whether patterns (as in a .gitignore) name a path; paths are relative, with `/`. */
export function ignoredBy(patterns: readonly string[]): (path: string) => boolean {
  if (patterns.length === 0) return () => false
  const rules = ignore().add([...patterns])
  return (path) => rules.ignores(path)
}

interface FolderRules {
  readonly folder: string
  readonly rules: Ignore
}

/** The rules that hold in a folder: its own and those of the folders above it. */
export class IgnoreRules {
  private readonly folders: readonly FolderRules[]

  private constructor(folders: readonly FolderRules[]) {
    this.folders = folders
  }

  /** The caller's patterns, for everything below a folder. */
  static below(folder: string, patterns: readonly string[]): IgnoreRules {
    if (patterns.length === 0) return new IgnoreRules([])
    return new IgnoreRules([{ folder, rules: ignore().add([...patterns]) }])
  }

  /** The rules inside a folder; the same where it has no ignore file. */
  async inFolder(folder: string): Promise<IgnoreRules> {
    const text = await readFile(join(folder, IGNORE_FILE), 'utf8').catch(() => null)
    if (text === null) return this
    const rules = ignore().add(text.replace(/^\ufeff/, ''))
    return new IgnoreRules([...this.folders, { folder, rules }])
  }

  /** Whether a file or folder is passed over. */
  ignores(path: string, isFolder: boolean): boolean {
    return this.folders.some(({ folder, rules }) => {
      const below = relative(folder, path).split(sep).join('/')
      return rules.ignores(isFolder ? `${below}/` : below)
    })
  }
}
