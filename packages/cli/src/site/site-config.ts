/** What `wenxun site` is asked for: its flags over a config file. */
import { readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import type { SiteOptions } from '@wenxun/ingest'
import type { SegmenterName } from '../build/build-analyzer.js'
import { describeSystemError, InputError, isSystemError } from '../errors.js'

export const CONFIG_NAME = 'wenxun.config.json'

/** Keys of the config file; paths are relative to the file. */
export interface SiteConfig {
  /** Folder of the built site; the argument of the command counts before it. */
  readonly site?: string
  /** Folder of the bundle; default `wenxun` in the site. */
  readonly output?: string
  readonly include?: readonly string[]
  readonly exclude?: readonly string[]
  /** Put before every address; default: relative to the site's root. */
  readonly base?: string
  readonly stripHtml?: boolean
  readonly rootSelector?: string
  readonly excludeSelectors?: readonly string[]
  /** Field → selector of the elements that hold its values. */
  readonly fields?: Readonly<Record<string, string>>
  /** `description`, `image`, `image_alt`. */
  readonly keep?: readonly string[]
  readonly encoding?: string
  readonly segmenter?: SegmenterName
  readonly userDictionary?: string
  /** Whether the search box is copied into the bundle; default true. */
  readonly ui?: boolean
  /** Whether the host answers requests for ranges of a file; default true. */
  readonly ranges?: boolean
}

type Kind = 'a text' | 'an array of texts' | 'true or false' | 'an object of texts'

const kinds: Readonly<Record<keyof SiteConfig, Kind>> = {
  site: 'a text',
  output: 'a text',
  include: 'an array of texts',
  exclude: 'an array of texts',
  base: 'a text',
  stripHtml: 'true or false',
  rootSelector: 'a text',
  excludeSelectors: 'an array of texts',
  fields: 'an object of texts',
  keep: 'an array of texts',
  encoding: 'a text',
  segmenter: 'a text',
  userDictionary: 'a text',
  ui: 'true or false',
  ranges: 'true or false',
}
const segmenters: readonly unknown[] = ['dictionary', 'jieba', 'intl']
const keepable = ['description', 'image', 'image_alt']

const isText = (value: unknown) => typeof value === 'string'
const checks: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  'a text': isText,
  'an array of texts': (value) => Array.isArray(value) && value.every(isText),
  'true or false': (value) => typeof value === 'boolean',
  'an object of texts': (value) =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(isText),
}

/**
 * The config file at `path`, or `wenxun.config.json` of the working folder if it is there.
 * @throws {InputError} for a file that cannot be read or holds what no key means
 */
export function readConfig(path: string | undefined): SiteConfig {
  if (path === undefined && !statSync(CONFIG_NAME, { throwIfNoEntry: false })) return {}
  const file = path ?? CONFIG_NAME
  const config = checkedConfig(file, parsed(file))
  const fromHere = (value: string) => join(dirname(file), value)
  return {
    ...config,
    ...(config.site !== undefined && { site: fromHere(config.site) }),
    ...(config.output !== undefined && { output: fromHere(config.output) }),
    ...(config.userDictionary !== undefined && { userDictionary: fromHere(config.userDictionary) }),
  }
}

function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8').replace(/^\ufeff/, ''))
  } catch (error) {
    if (isSystemError(error)) throw new InputError(describeSystemError(error))
    throw new InputError(`${path}: not JSON: ${error instanceof Error ? error.message : error}`)
  }
}

function checkedConfig(path: string, value: unknown): SiteConfig {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InputError(`${path}: expected an object of options.`)
  }
  for (const [key, item] of Object.entries(value)) {
    const kind = Object.hasOwn(kinds, key) ? kinds[key as keyof SiteConfig] : undefined
    if (kind === undefined) {
      throw new InputError(
        `${path}: there is no option "${key}".`,
        `Known are ${Object.keys(kinds).join(', ')}.`,
      )
    }
    if (!checks[kind](item)) throw new InputError(`${path}: "${key}" must be ${kind}.`)
  }
  const config = value as SiteConfig
  if (config.segmenter !== undefined && !segmenters.includes(config.segmenter)) {
    throw new InputError(`${path}: "segmenter" must be one of ${segmenters.join(', ')}.`)
  }
  return config
}

/** Where the site is, where its bundle goes, and how pages are read. */
export interface SitePlan {
  readonly site: string
  readonly output: string
  readonly options: SiteOptions
}

/** @throws {InputError} when no site is named, or it is no folder */
export function sitePlan(config: SiteConfig): SitePlan {
  const { site } = config
  if (site === undefined) {
    throw new InputError(
      'Which site? There is no folder on the command line, and none in a config file.',
      `Give the folder of the built site, or "site" in ${CONFIG_NAME}.`,
    )
  }
  const status = statSync(site, { throwIfNoEntry: false })
  if (!status) throw new InputError(`${site}: no such folder`, 'Build the site first.')
  if (!status.isDirectory()) throw new InputError(`${site}: is a file, not the folder of a site`)
  for (const name of config.keep ?? []) {
    if (!keepable.includes(name)) {
      throw new InputError(`"${name}" cannot be kept of a page.`, `Known: ${keepable.join(', ')}.`)
    }
  }
  const output = config.output ?? join(site, 'wenxun')
  const { include, exclude, stripHtml, rootSelector, excludeSelectors } = config
  const { fields, keep, encoding } = config
  const options: SiteOptions = {
    base: config.base ?? defaultBase(site, output),
    ...(include && { include }),
    ...(exclude && { exclude }),
    ...(stripHtml && { stripHtml }),
    ...(rootSelector && { rootSelector }),
    ...(excludeSelectors && { excludeSelectors }),
    ...(fields && { fields }),
    ...(keep && { keep }),
    ...(encoding && { encoding }),
  }
  return { site, output, options }
}

/**
 * The way to the site's root from the folder that the bundle lies in: the search box takes
 * addresses from there, so that a site works wherever it is put. `/` for a bundle outside.
 */
function defaultBase(site: string, output: string): string {
  const way = relative(dirname(resolve(output)), resolve(site)).split(sep)
  if (way.length === 1 && way[0] === '') return ''
  return way.every((part) => part === '..') ? `${way.join('/')}/` : '/'
}
