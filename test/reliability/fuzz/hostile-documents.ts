/** Documents that a careless or hostile caller may hand over, drawn from a sound one. */

import type { SourceDocument } from '@wenxun/core'
import type { Random } from '../../support/random.js'
import { hostileString } from './hostile-strings.js'

const five = () => 5
const emptyList = () => []

/** Values of every kind but the right one. */
const WRONG_VALUES: readonly (() => unknown)[] = [
  () => null,
  five,
  () => Number.NaN,
  () => Number.NEGATIVE_INFINITY,
  () => true,
  () => 10n,
  () => Symbol('text'),
  () => () => 'text',
  () => ({}),
  () => ({ length: 3 }),
  emptyList,
  () => [null],
  () => new Array(5),
  () => [['text']],
  () => new Date(Number.NaN),
  () => new Map([['text', 'x']]),
  () => Object.create(null),
  () => ({ toString: null, valueOf: null }),
  () => new String('boxed'),
  () => new Uint8Array(3),
  () => revoked(),
]

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

/** Metadata keys that mean something to an object. */
const KEYS = [
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'],
  ...['', ' ', 'a:b', '城市', 'id', 'date', 'length', '0', '\u0000', 'x'.repeat(2000)],
] as const

const DATES = [
  ...['', '2025', '2025-13-99', '昨天', '0000-00-00', '+275760-09-13', '-1', '2025-03-12T99:99Z'],
  ...['9'.repeat(1000), '\u0000'],
] as const

export interface HostileDocument {
  readonly document: SourceDocument
  /** The field that must be named when it is refused; null when it must be taken. */
  readonly wrong: string | null
}

/** A sound document with odd content, or one that is wrong in one place. */
export function hostileDocument(random: Random, id: string): HostileDocument {
  const document = oddDocument(random, id)
  if (random.chance(0.5)) return { document, wrong: null }
  const value = random.pick(WRONG_VALUES)
  return random.chance(0.25) ? throwing(document, random) : wrong(document, value, random)
}

function oddDocument(random: Random, id: string): SourceDocument {
  const text = () => (random.chance(0.1) ? '' : hostileString(random))
  const meta: Record<string, string | number | string[]> = {}
  for (let k = random.int(0, 4); k > 0; k--) {
    const value = random.pick([text(), random.pick([0, -0, 1e308, -5e-324, 2 ** 53]), [text(), '']])
    // As JSON.parse makes it: an own property, whatever its name.
    Object.defineProperty(meta, random.pick(KEYS), { value, enumerable: true, configurable: true })
  }
  const paragraphs = random.times(random.int(0, 5), () => ({
    text: text(),
    ...(random.chance(0.3) && { heading: random.times(random.int(0, 5), text) }),
    ...(random.chance(0.2) && { anchor: text() }),
  }))
  return {
    id,
    paragraphs,
    meta,
    ...(random.chance(0.5) && { title: text() }),
    ...(random.chance(0.3) && { url: text() }),
    ...(random.chance(0.3) && { date: random.pick(DATES) }),
  }
}

/** Puts a value of another kind in one place; where it happens to fit, the document is sound. */
function wrong(document: SourceDocument, make: () => unknown, random: Random): HostileDocument {
  const value = make()
  const field = random.pick(['id', 'title', 'url', 'date', 'paragraphs', 'meta'])
  // Anything but a list is a record of metadata, if an odd one.
  const isSound = (field === 'paragraphs' && make === emptyList) || field === 'meta'
  if (!isSound && random.chance(0.5)) {
    return { document: { ...document, [field]: value } as SourceDocument, wrong: field }
  }
  const inner = random.pick(['text', 'heading', 'anchor', 'meta'])
  if (inner === 'meta') {
    if (make === emptyList || make === five) return { document, wrong: null }
    const meta = { ...document.meta, odd: value } as Record<string, string>
    return { document: { ...document, meta }, wrong: 'meta.odd' }
  }
  if (inner === 'heading' && make === emptyList) return { document, wrong: null }
  const paragraph = { text: '法治', [inner]: value } as { text: string }
  return {
    document: { ...document, paragraphs: [...document.paragraphs, paragraph] },
    wrong: `paragraphs[${document.paragraphs.length}].${inner}`,
  }
}

/** A getter that throws, or gives something else the second time. */
function throwing(document: SourceDocument, random: Random): HostileDocument {
  const field = random.pick(['id', 'title', 'url', 'date', 'meta', 'paragraphs'] as const)
  const copy = { ...document }
  let asked = 0
  const isFickle = field === 'title' && random.chance(0.5)
  Object.defineProperty(copy, field, {
    enumerable: true,
    get() {
      if (isFickle) return asked++ === 0 ? '标题' : 5
      throw new TypeError('not today')
    },
  })
  return { document: copy, wrong: isFickle ? null : field }
}
