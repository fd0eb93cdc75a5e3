/** All paragraphs of a text store, for what writes an index anew; a search reads single ones. */

import { ByteReader } from '../bytes/byte-reader.js'
import { corrupt } from '../errors.js'
import type { SourceParagraph } from '../model.js'
import { MAX_HEADINGS } from '../segment/format.js'
import type { TextStore } from './text-store.js'

/** Every paragraph in order, as it was given. */
export function* everyParagraph(texts: TextStore): Generator<SourceParagraph> {
  const { decoder } = texts
  for (const { bytes, textStarts } of texts.chunks()) {
    const reader = new ByteReader(bytes, 'a text chunk', textStarts.at(-1)!)
    const readString = () => {
      const string = reader.bytes(reader.varint())
      return decoder.decode(string, 0, string.length)
    }
    let heading: string[] = []
    for (let i = 0; i < textStarts.length - 1; i++) {
      const text = decoder.decode(bytes, textStarts[i]!, textStarts[i + 1]!)
      const head = reader.varint()
      const kept = head >>> 1
      const added = reader.varint()
      if (kept > heading.length || kept + added > MAX_HEADINGS) {
        throw corrupt('a heading path is broken')
      }
      heading = heading.slice(0, kept)
      for (let k = 0; k < added; k++) heading.push(readString())
      const anchor = head & 1 ? { anchor: readString() } : null
      yield { text, heading, ...anchor }
    }
  }
}
