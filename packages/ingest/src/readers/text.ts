/** Plain text: one document, cut into paragraphs by its profile. */
import { profileFor } from '../profiles.js'
import type { CleanedText, Format, ReaderContext, ReadItem, TextReader } from '../types.js'

/** The read item of a cleaned text. */
export function itemOf(
  cleaned: CleanedText,
  profile: string,
  format: Format,
  context: ReaderContext,
): ReadItem {
  const { path, encoding } = context
  const { title, date, meta, paragraphs, removed, repairs } = cleaned
  return {
    document: {
      id: context.id,
      title: title || context.name,
      ...(date === undefined ? {} : { date }),
      ...(meta === undefined ? {} : { meta }),
      paragraphs,
    },
    source: {
      path,
      format,
      encoding,
      profile,
      ...(removed === undefined ? {} : { removed }),
      ...(repairs === undefined ? {} : { repairs }),
    },
  }
}

export const textReader: TextReader = {
  takes: 'text',
  *read(text, context) {
    const profile = profileFor(text, context.options.profile)
    yield itemOf(profile.read(text), profile.name, 'text', context)
  },
}
