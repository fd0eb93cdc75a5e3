/**
 * The bytes of a file in pieces, gunzipped when they are gzip, with a look at the beginning
 * before the rest is asked for. Memory stays at a few pieces whatever the file's size.
 */
import { createReadStream, type ReadStream } from 'node:fs'
import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

const pieceBytes = 256 * 1024
const gzipMark = [0x1f, 0x8b]

export class ByteStream {
  private readonly file: ReadStream
  private pieces: AsyncIterator<Buffer>
  private held: Buffer[] = []
  private ended = false

  constructor(path: string) {
    this.file = createReadStream(path, { highWaterMark: pieceBytes })
    this.pieces = this.file[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  }

  /** Bytes taken from the disk so far. */
  get bytesRead(): number {
    return this.file.bytesRead
  }

  /** Up to `size` bytes from the beginning, unpacked; the stream still gives them later. */
  async peek(size: number): Promise<{ bytes: Buffer; complete: boolean }> {
    await this.fill(gzipMark.length)
    if (this.starts(gzipMark)) this.unpack()
    await this.fill(size)
    return { bytes: Buffer.concat(this.held), complete: this.ended }
  }

  /** All bytes, from the beginning. Can be asked for once. */
  read(): AsyncGenerator<Buffer> {
    const held = this.held
    this.held = []
    return chain(held, this.pieces)
  }

  /** Frees the file; harmless when it has ended. */
  close(): void {
    this.file.destroy()
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
      createGunzip({ chunkSize: pieceBytes }),
      () => undefined,
    )
    this.pieces = gunzip[Symbol.asyncIterator]() as AsyncIterator<Buffer>
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
