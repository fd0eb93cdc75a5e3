/** The one Node function the builder uses; the query core never imports it. */
declare module 'node:zlib' {
  export function deflateRawSync(
    data: Uint8Array,
    options?: { level?: number; memLevel?: number },
  ): Uint8Array
}
