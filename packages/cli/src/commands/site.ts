/** `wenxun site`: the HTML of a built site in, a bundle for its static host out. */
import { relative, resolve, sep } from 'node:path'
import type { Problem } from '@wenxun/ingest'
import { Command, InvalidArgumentError, Option } from 'commander'
import type { SegmenterName } from '../build/build-analyzer.js'
import { InputError } from '../errors.js'
import { Progress } from '../output/progress.js'
import { plural } from '../output/quantity.js'
import { printJson, stderr, stdout } from '../output/terminal.js'
import { printable } from '../output/text-width.js'
import { checkBundleFolder } from '../site/bundle-folder.js'
import { readConfig, type SiteConfig, type SitePlan, sitePlan } from '../site/site-config.js'
import type { SiteIndexing } from '../site/site-indexing.js'
import { formatSiteReport, siteReportJson } from '../site/site-report.js'
import { nameList } from './options.js'

interface SiteFlags {
  output?: string
  config?: string
  include?: string[]
  exclude?: string[]
  base?: string
  stripHtml?: true
  rootSelector?: string
  excludeSelector?: string[]
  field?: Record<string, string>
  keep?: string[]
  encoding?: string
  segmenter?: SegmenterName
  userDictionary?: string
  /** Commander sets it to true by itself; only false says anything. */
  ui: boolean
  /** As `ui`. */
  ranges: boolean
  strict?: boolean
  quiet?: boolean
  json?: boolean
}

const listedProblems = 20

const gathered = (text: string, before: string[] = []) => [...before, text]

function fieldSelector(text: string, before: Record<string, string> = {}) {
  const at = text.indexOf('=')
  const [name, selector] = [text.slice(0, at).trim(), text.slice(at + 1).trim()]
  if (at <= 0 || name === '' || selector === '') {
    throw new InvalidArgumentError('Expected field=selector, such as city=.crumb a:last-child.')
  }
  return { ...before, [name]: selector }
}

export function siteCommand(): Command {
  return new Command('site')
    .description('Bundle the search of a built static site, for any host of files.')
    .argument('[folder]', 'folder of the built site (or "site" in the config file)')
    .option('-o, --output <folder>', 'where the bundle goes (default: <folder>/wenxun)')
    .option('--config <file>', 'options as JSON (default: wenxun.config.json, if it is there)')
    .option('--include <pattern>', 'pages to read; repeatable (default: all HTML)', gathered)
    .option('--exclude <pattern>', 'pages to leave out; repeatable (default: 404.html)', gathered)
    .option('--base <address>', "put before the pages' paths (default: relative addresses)")
    .option('--strip-html', 'leave .html out of addresses')
    .option('--root-selector <selector>', 'look at nothing outside of this element')
    .option('--exclude-selector <selector>', 'elements to leave out; repeatable', gathered)
    .option(
      '--field <name=selector[@attribute]>',
      'field to filter by, from pages that declare none; repeatable',
      fieldSelector,
    )
    .option('--keep <names>', 'also keep of each page: description, image, image_alt', nameList)
    .option('--encoding <name>', 'encoding of all pages (default: found out for each)')
    .option('--user-dictionary <file>', 'words of your own, one a line: word [frequency] [tag]')
    .addOption(
      new Option('--segmenter <name>', 'what cuts words').choices(['dictionary', 'jieba', 'intl']),
    )
    .option('--no-ranges', 'the host sends files whole only: make small ones')
    .option('--no-ui', 'do not put the search box into the bundle')
    .option('--strict', 'write nothing and exit 2 when any page has a problem')
    .option('--quiet', 'print nothing but errors')
    .option('--json', 'print one JSON object')
    .action(bundleSite)
}

async function bundleSite(folder: string | undefined, flags: SiteFlags): Promise<void> {
  const started = performance.now()
  const config = configOf(folder, flags)
  const plan = sitePlan(config)
  checkBundleFolder(plan.output)
  const progress = flags.quiet ? null : new Progress(stderr)
  const indexing = await readPages(plan, config, progress)
  progress?.clear()
  if (!flags.quiet || flags.strict) printProblems(indexing.problems)
  refuse(indexing, plan, flags.strict === true)
  progress?.note('writing the bundle …')
  const { writeShards } = await import('../site/shards.js')
  const change = writeShards(plan.output, indexing.finish(), config.ui !== false, {
    ranges: config.ranges !== false,
  })
  progress?.clear()
  const { pages, paragraphs, sourceBytes, leftOut, filters, languages, weighted, problems } =
    indexing
  const report = {
    ...{ site: plan.site, bundle: plan.output, pages, paragraphs, sourceBytes, leftOut, filters },
    ...{ languages, weighted, problems, ...change },
    took: performance.now() - started,
    address: addressOf(plan),
  }
  if (flags.json) printJson(siteReportJson(report))
  else if (!flags.quiet) stdout.write(formatSiteReport(report, stdout))
}

/** Flags count before the config file; lists and fields of the command line take its place. */
function configOf(folder: string | undefined, flags: SiteFlags): SiteConfig {
  const { include, exclude, base, stripHtml, rootSelector, keep, encoding } = flags
  const { output, excludeSelector: excludeSelectors, field: fields } = flags
  const { segmenter, userDictionary } = flags
  const given = {
    ...{ site: folder, output, include, exclude, base, stripHtml, rootSelector, keep, encoding },
    ...{ excludeSelectors, fields, segmenter, userDictionary },
    ...(flags.ui ? {} : { ui: false }),
    ...(flags.ranges ? {} : { ranges: false }),
  }
  const defined = Object.entries(given).filter(([, value]) => value !== undefined)
  return { ...readConfig(flags.config), ...Object.fromEntries(defined) }
}

/** Readers and dictionary are loaded here, so that the other commands start without them. */
async function readPages(
  plan: SitePlan,
  { segmenter = 'dictionary', userDictionary }: SiteConfig,
  progress: Progress | null,
): Promise<SiteIndexing> {
  const { buildAnalyzer } = await import('../build/build-analyzer.js')
  const module = await import('../site/site-indexing.js')
  const analyzer = buildAnalyzer({
    segmenter,
    ...(userDictionary !== undefined && { userDictionary }),
  })
  const indexing = new module.SiteIndexing(progress, analyzer)
  await indexing.readAll(plan)
  return indexing
}

function printProblems(problems: readonly Problem[]): void {
  for (const { message } of problems.slice(0, listedProblems)) {
    stderr.write(`${stderr.colors.yellow('problem:')} ${printable(message)}\n`)
  }
  const more = problems.length - listedProblems
  if (more > 0) stderr.write(`… and ${plural(more, 'more problem')}; --json lists them all.\n`)
}

/** Without pages nothing is written: an empty bundle would take a working one's place. */
function refuse({ pages, leftOut, problems }: SiteIndexing, plan: SitePlan, strict: boolean): void {
  if (strict && problems.length > 0) {
    throw new InputError(
      `${plural(problems.length, 'problem')}; no bundle was written.`,
      'Without --strict such pages are left out, or read as far as they can be.',
    )
  }
  if (pages > 0) return
  const found =
    leftOut.length > 0 ? `${plural(leftOut.length, 'page')}, all left out` : 'no HTML pages'
  throw new InputError(
    `${plan.site}: found ${found}; no bundle was written.`,
    leftOut.length > 0
      ? `The first: ${leftOut[0]?.path} (${leftOut[0]?.reason}).`
      : 'Name the folder that your site generator writes, such as dist or public.',
  )
}

/** `/wenxun/` for a bundle in the site, as seen from its root. */
function addressOf({ site, output }: SitePlan): string {
  const way = relative(resolve(site), resolve(output)).split(sep).join('/')
  if (way === '') return '/'
  return way.startsWith('..') ? '/wenxun/' : `/${way}/`
}
