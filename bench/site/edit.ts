/**
 * What an edit of one page changes in the bundle: files that have a new name, which visitors who
 * have the old ones in their cache load anew. Two edits of the page in the middle of the site: a
 * sentence more in a paragraph, and a paragraph more, behind which all paragraphs count one further.
 */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Table } from '../report.js'
import { type Bundle, makeBundle, makeSite } from './bundle.js'
import type { Page, SiteName } from './pages.js'

const SENTENCE = '申请人对决定不服的，可以在三十日内向上一级主管部门申请复核。'

const EDITS = [
  ['a sentence more', (texts: readonly string[]) => [texts[0]! + SENTENCE, ...texts.slice(1)]],
  ['a paragraph more', (texts: readonly string[]) => [...texts, SENTENCE]],
] as const

/** Bundles of the edited sites are made, compared and taken away again. */
export async function editTable(
  name: SiteName,
  pages: readonly Page[],
  before: Bundle,
): Promise<Table> {
  const known = sizesOf(before.folder)
  const rows: string[][] = []
  for (const [edit, change] of EDITS) {
    const site = makeSite(name, edited(pages, change))
    const bundle = await makeBundle(site, name, 'wenxun', true)
    if (bundle === null) continue
    const files = [...sizesOf(bundle.folder)]
    const fresh = files.filter(([file]) => file.endsWith('.wx') && !known.has(file))
    const kilobytes = (sizes: typeof files) =>
      (sizes.reduce((sum, [, size]) => sum + size, 0) / 1000).toFixed(0)
    rows.push([
      edit,
      String(files.length),
      String(fresh.length),
      kilobytes(files),
      kilobytes(fresh),
    ])
    rmSync(site.folder, { recursive: true, force: true })
  }
  return {
    title: `${name}: an edit of one page; files with another name`,
    header: ['edit', 'files', 'new names', 'all KB', 'of new names'],
    rows,
  }
}

/** The same pages, but for one paragraph, or the paragraphs of one section. */
function edited(
  pages: readonly Page[],
  change: (texts: readonly string[]) => readonly string[],
): Page[] {
  const middle = pages.length >>> 1
  return pages.map((page, i) => {
    if (i !== middle) return page
    const [first, ...sections] = page.sections
    return { ...page, sections: [{ ...first!, texts: change(first!.texts) }, ...sections] }
  })
}

function sizesOf(folder: string): Map<string, number> {
  if (!existsSync(folder)) return new Map()
  const names = readdirSync(folder)
  return new Map(names.map((file) => [file, statSync(join(folder, file)).size]))
}
