/** What the flags of `wenxun build` ask of the readers. */
import { type FieldMapping, type Format, knownEncoding, type ReadOptions } from '@wenxun/ingest'
import { InputError } from '../errors.js'
import { loadProfile } from './profile-module.js'

export interface ReadFlags {
  readonly format: Format | 'auto'
  readonly profile: string
  readonly fields?: FieldMapping
  readonly encoding?: string
  readonly ignore?: string[]
}

/** Checks the flags. Throws InputError for an encoding or a profile that is not there. */
export async function readOptions(flags: ReadFlags): Promise<ReadOptions> {
  const { format, profile, fields, encoding, ignore } = flags
  if (encoding !== undefined && knownEncoding(encoding) === null) {
    throw new InputError(
      `There is no encoding "${encoding}".`,
      'Known are utf-8, utf-16le, utf-16be, gb18030 (with gbk and gb2312), big5, and others.',
    )
  }
  return {
    format,
    profile: await profileOf(profile),
    ...(fields && { fields }),
    ...(encoding && { encoding }),
    ...(ignore && { ignore }),
  }
}

/** A profile by its name, or the module that a path leads to. */
async function profileOf(name: string): Promise<NonNullable<ReadOptions['profile']>> {
  return name === 'auto' || name === 'report' || name === 'plain' ? name : await loadProfile(name)
}
