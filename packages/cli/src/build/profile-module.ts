/** A profile that a user wrote: a JavaScript module whose default export (or `profile`) it is. */
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { TextProfile } from '@wenxun/ingest'
import { InputError } from '../errors.js'

const hint = 'Expected auto, report, plain, or a JavaScript module that exports a profile.'

/** Loads the module at a path. Throws InputError when there is none or it holds no profile. */
export async function loadProfile(path: string): Promise<TextProfile> {
  const module = await load(path)
  const profile = module['default'] ?? module['profile']
  if (isProfile(profile)) return profile
  throw new InputError(
    `${path} exports no profile.`,
    'A profile is an object { name, recognises(text), read(text) }, exported as default.',
  )
}

async function load(path: string): Promise<Record<string, unknown>> {
  try {
    return (await import(pathToFileURL(resolve(path)).href)) as Record<string, unknown>
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n', 1)[0] : String(error)
    throw new InputError(`The profile "${path}" cannot be loaded: ${reason}`, hint)
  }
}

function isProfile(value: unknown): value is TextProfile {
  if (typeof value !== 'object' || value === null) return false
  const { name, recognises, read } = value as Record<string, unknown>
  return typeof name === 'string' && typeof recognises === 'function' && typeof read === 'function'
}
