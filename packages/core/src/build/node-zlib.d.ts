/** What the builder uses of Node; the query core never imports it. */
declare module 'node:zlib' {
  export const constants: { readonly Z_FILTERED: number }
  export function deflateRawSync(
    data: Uint8Array,
    options?: {
      level?: number
      memLevel?: number
      windowBits?: number
      strategy?: number
      chunkSize?: number
    },
  ): Uint8Array
}
