/**
 * ZIP archives, listed by their directory and read member by member in pieces. What a member
 * declares as its size is enforced, and so is its checksum; an archive that unpacks to far more
 * than any text would is given up (a "zip bomb").
 */
import { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import {
  type Entry,
  fromBufferPromise,
  getFileNameLowLevel,
  openPromise,
  type ZipFile,
} from 'yauzl'
import { ArchiveError } from './archive-error.js'
import { decode, detectEncoding } from './encoding.js'

export interface Member {
  /** With `/` between folders; never empty. */
  readonly name: string
  /** As the directory declares it, in bytes. */
  readonly packedBytes: number
  /** The unpacked bytes. Throws, or fails later with, an ArchiveError. */
  open(): Promise<Readable>
}

const mostMembers = 100_000
// Text packs 3 to 20 times; deflate cannot pass 1,032.
const bombRatio = 250
const bombBytes = 64 * 1024 * 1024
const utf8Name = 0x800
const unicodePath = 0x7075

const options = { lazyEntries: true, decodeStrings: false, autoClose: false } as const

export class Archive {
  private readonly zip: ZipFile
  private unpacked = 0

  private constructor(zip: ZipFile) {
    this.zip = zip
  }

  /** Opens an archive on disk by its path, or one in memory. */
  static async open(source: string | Buffer): Promise<Archive> {
    const opened = typeof source === 'string' ? openPromise : fromBufferPromise
    return new Archive(await failing((opened as typeof openPromise)(source as string, options)))
  }

  /** The files in it, in the order of its directory. Can be asked for once. */
  async members(): Promise<Member[]> {
    const entries: Entry[] = []
    const list = async () => {
      for await (const entry of this.zip.eachEntry()) {
        entries.push(entry)
        if (entries.length > mostMembers) {
          throw new ArchiveError('too-large', `more than ${mostMembers} files in it`)
        }
      }
    }
    await failing(list())
    const names = memberNames(entries)
    return entries
      .map((entry, i) => ({
        name: names[i]!,
        packedBytes: entry.compressedSize,
        open: () => this.openMember(entry),
      }))
      .filter(({ name }) => name !== '' && !name.endsWith('/'))
  }

  close(): void {
    this.zip.close()
  }

  private async openMember(entry: Entry): Promise<Readable> {
    if (entry.isEncrypted()) throw new ArchiveError('unsupported', 'protected by a password')
    if (!entry.canDecodeFileData()) {
      const method = entry.compressionMethod
      throw new ArchiveError('unsupported', `compressed by method ${method}; only deflate is read`)
    }
    const stream = await failing(this.zip.openReadStreamPromise(entry))
    return Readable.from(this.checked(stream, entry), { objectMode: false })
  }

  private async *checked(stream: Readable, entry: Entry): AsyncGenerator<Buffer> {
    let checksum = 0
    try {
      for await (const piece of stream as AsyncIterable<Buffer>) {
        this.unpacked += piece.length
        if (this.unpacked > bombBytes && this.unpacked > bombRatio * this.zip.fileSize) {
          const message = `unpacks to more than ${bombRatio} times its size; taken for a zip bomb`
          throw new ArchiveError('too-large', message)
        }
        checksum = crc32(piece, checksum)
        yield piece
      }
    } catch (error) {
      throw asArchiveError(error)
    } finally {
      stream.destroy()
    }
    if (checksum !== entry.crc32 >>> 0) throw new ArchiveError('corrupt', 'fails its checksum')
  }
}

/** Names that do not say they are UTF-8 are in the encoding of the system that packed them. */
function memberNames(entries: readonly Entry[]): string[] {
  const says = (entry: Entry) =>
    (entry.generalPurposeBitFlag & utf8Name) !== 0 ||
    entry.extraFields.some(({ id }) => id === unicodePath)
  const silent = entries.filter((entry) => !says(entry)).map((entry) => entry.fileNameRaw)
  const sample = Buffer.concat(silent.flatMap((name) => [name, Buffer.from('\n')]))
  const { encoding } = detectEncoding(sample)
  return entries.map((entry) => {
    const name = says(entry)
      ? getFileNameLowLevel(
          entry.generalPurposeBitFlag,
          entry.fileNameRaw,
          entry.extraFields,
          false,
        )
      : decode(entry.fileNameRaw, encoding).text
    return name.replaceAll('\\', '/').replace(/^\/+/, '')
  })
}

async function failing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw asArchiveError(error)
  }
}

function asArchiveError(error: unknown): Error {
  if (error instanceof ArchiveError) return error
  // Errors of the file system keep their own name.
  if (error instanceof Error && 'syscall' in error) return error
  const reason = error instanceof Error ? error.message.replace(/\s+/g, ' ') : String(error)
  return new ArchiveError('corrupt', `the archive is damaged or ends early (${reason})`)
}
