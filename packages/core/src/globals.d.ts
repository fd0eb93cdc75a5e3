/** The only platform names the core may use: all exist in Node, browsers and workers. */

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean })
  decode(input?: Uint8Array): string
}

declare class TextEncoder {
  encode(input?: string): Uint8Array
}

/** Named in signatures; the caller makes them. */
interface AbortSignal {
  readonly aborted: boolean
  readonly reason: unknown
}
