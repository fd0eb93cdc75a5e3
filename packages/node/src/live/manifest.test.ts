import { IndexError } from '@wenxun/core'
import { crc32 } from '@wenxun/core/build'
import { describe, expect, it } from 'vitest'
import { decodeManifest } from './manifest.js'

/** A manifest that someone changed, under a checksum made right again. */
function signed(body: object): string {
  const checksum = crc32(new TextEncoder().encode(JSON.stringify(body)))
  return JSON.stringify({ ...body, checksum })
}

describe('a manifest of another version', () => {
  it.each([[2], ['2'], [null], [{}], [{ toString: null }], [[]]])('%j is refused', (version) => {
    const decode = () =>
      decodeManifest(signed({ format: 'wenxun-live', version }), 'a/manifest.json')
    expect(decode).toThrow(IndexError)
    expect(decode).toThrow(`a/manifest.json has version ${JSON.stringify(version)}`)
  })
})
