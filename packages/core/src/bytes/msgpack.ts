/**
 * Reads plain MessagePack (https://github.com/msgpack/msgpack/blob/master/spec.md) as msgpackr's
 * `pack` writes it: nil, booleans, numbers, strings, binary, arrays, maps with string keys.
 * No extension types, so no code generation: safe under a strict CSP.
 */

import { corrupt } from '../errors.js'
import { MAX_STRING_BYTES } from './byte-reader.js'

export type Packed =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | Packed[]
  | { [key: string]: Packed }

const MAX_DEPTH = 32
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Decodes one value that fills `bytes` from `start` on. Throws CORRUPT on anything else. */
export function unpack(bytes: Uint8Array): Packed {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0

  function take(count: number): number {
    const from = at
    at += count
    if (at > bytes.length) throw corrupt('metadata ends too early')
    return from
  }

  function uint(size: number): number {
    const from = take(size)
    if (size === 1) return bytes[from]!
    if (size === 2) return view.getUint16(from)
    if (size === 4) return view.getUint32(from)
    return view.getUint32(from) * 2 ** 32 + view.getUint32(from + 4)
  }

  function int(size: number): number {
    const from = take(size)
    if (size === 1) return view.getInt8(from)
    if (size === 2) return view.getInt16(from)
    if (size === 4) return view.getInt32(from)
    return view.getInt32(from) * 2 ** 32 + view.getUint32(from + 4)
  }

  function text(length: number): string {
    if (length > MAX_STRING_BYTES) throw corrupt(`metadata has a text of ${length} bytes`)
    const from = take(length)
    return decoder.decode(bytes.subarray(from, from + length))
  }

  function array(length: number, depth: number): Packed[] {
    if (length > bytes.length - at) throw corrupt('metadata claims an impossible length')
    const items: Packed[] = []
    for (let i = 0; i < length; i++) items.push(value(depth + 1))
    return items
  }

  function map(length: number, depth: number): { [key: string]: Packed } {
    if (length > bytes.length - at) throw corrupt('metadata claims an impossible length')
    const object: { [key: string]: Packed } = {}
    for (let i = 0; i < length; i++) {
      const key = value(depth + 1)
      if (typeof key !== 'string') throw corrupt('metadata has a key that is no text')
      const item = value(depth + 1)
      // Never through the `__proto__` setter.
      Object.defineProperty(object, key, {
        value: item,
        enumerable: true,
        configurable: true,
        writable: true,
      })
    }
    return object
  }

  function value(depth: number): Packed {
    if (depth > MAX_DEPTH) throw corrupt('metadata is nested too deeply')
    const tag = uint(1)
    if (tag < 0x80) return tag
    if (tag < 0x90) return map(tag & 0x0f, depth)
    if (tag < 0xa0) return array(tag & 0x0f, depth)
    if (tag < 0xc0) return text(tag & 0x1f)
    if (tag >= 0xe0) return tag - 0x100
    switch (tag) {
      case 0xc0:
        return null
      case 0xc2:
        return false
      case 0xc3:
        return true
      case 0xc4:
      case 0xc5:
      case 0xc6: {
        const length = uint(1 << (tag - 0xc4))
        const from = take(length)
        return bytes.subarray(from, from + length)
      }
      case 0xca:
        return view.getFloat32(take(4))
      case 0xcb:
        return view.getFloat64(take(8))
      case 0xcc:
      case 0xcd:
      case 0xce:
      case 0xcf:
        return uint(1 << (tag - 0xcc))
      case 0xd0:
      case 0xd1:
      case 0xd2:
      case 0xd3:
        return int(1 << (tag - 0xd0))
      case 0xd9:
      case 0xda:
      case 0xdb:
        return text(uint(1 << (tag - 0xd9)))
      case 0xdc:
      case 0xdd:
        return array(uint(tag === 0xdc ? 2 : 4), depth)
      case 0xde:
      case 0xdf:
        return map(uint(tag === 0xde ? 2 : 4), depth)
      default:
        throw corrupt(`metadata holds the unknown tag 0x${tag.toString(16)}`)
    }
  }

  const result = value(0)
  if (at !== bytes.length) throw corrupt(`metadata has ${bytes.length - at} bytes too many`)
  return result
}
