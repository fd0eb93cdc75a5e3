/**
 * A stream of bytes in pieces, gunzipped when it is gzip, with a look at the beginning before
 * the rest is asked for. Memory stays at a few pieces whatever the stream's length.
 */
import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

/** Bytes asked of the disk at a time. */
export const PIECE_BYTES = 256 * 1024
const gzipMark = [0x1f, 0x8b]

export class ByteStream {
  /** Bytes taken from the source so far, before unpacking. */
  bytesRead = 0
  /** True when the bytes were gzip, known after the first look. */
  isPacked = false
  private readonly source: Readable
  private pieces: AsyncIterator<Buffer>
  private held: Buffer[] = []
  private ended = false

  constructor(source: Readable) {
    this.source = source
    this.pieces = this.counted()
  }

  /** Up to `size` bytes from the beginning, unpacked; the stream still gives them later. */
  async peek(size: number): Promise<{ bytes: Buffer; complete: boolean }> {
    await this.fill(gzipMark.length)
    if (!this.isPacked && this.starts(gzipMark)) this.unpack()
    await this.fill(size)
    return { bytes: Buffer.concat(this.held), complete: this.ended }
  }

  /** All bytes, from the beginning. Can be asked for once. */
  read(): AsyncGenerator<Buffer> {
    const held = this.held
    this.held = []
    return chain(held, this.pieces)
  }

  /** All bytes in one piece, or null when there are more than `limit`. */
  async readAll(limit: number, onPiece: () => void): Promise<Buffer | null> {
    const pieces: Buffer[] = []
    let length = 0
    for await (const piece of this.read()) {
      length += piece.length
      if (length > limit) return null
      pieces.push(piece)
      onPiece()
    }
    return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)
  }

  /** Frees the source; harmless when it has ended. */
  close(): void {
    this.source.destroy()
  }

  private async *counted(): AsyncGenerator<Buffer> {
    for await (const piece of this.source as AsyncIterable<Buffer | string>) {
      const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece
      this.bytesRead += bytes.length
      yield bytes
    }
  }

  private starts(mark: readonly number[]): boolean {
    const head = Buffer.concat(this.held)
    return mark.every((byte, i) => head[i] === byte)
  }

  private async fill(size: number): Promise<void> {
    let length = this.held.reduce((sum, piece) => sum + piece.length, 0)
    while (!this.ended && length < size) {
      const next = await this.pieces.next()
      if (next.done) this.ended = true
      else {
        this.held.push(next.value)
        length += next.value.length
      }
    }
  }

  private unpack(): void {
    const packed = this.read()
    const gunzip: Readable = pipeline(
      packed,
      createGunzip({ chunkSize: PIECE_BYTES }),
      () => undefined,
    )
    this.pieces = gunzip[Symbol.asyncIterator]() as AsyncIterator<Buffer>
    this.isPacked = true
    this.ended = false
  }
}

async function* chain(
  held: readonly Buffer[],
  rest: AsyncIterator<Buffer>,
): AsyncGenerator<Buffer> {
  yield* held
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}
