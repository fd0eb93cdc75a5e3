/** The files of a ZIP archive, each read as if it lay in a folder of the archive's name. */
import { Archive, type Member } from './archive.js'
import { archiveKind } from './format.js'
import { ignoredBy, isHiddenName } from './ignore-rules.js'
import { type InputFile, streamFile } from './input-file.js'
import { problemItem, problemOfFailure } from './problem.js'
import type { ReadItem, ReadOptions } from './types.js'

const deepest = 3

export interface ArchiveReading {
  readonly options: ReadOptions
  /** How many archives this one is in. */
  readonly depth: number
  /** Hears how many bytes of the archive have been read. */
  readonly onBytes: (bytesRead: number) => void
  readonly read: (member: InputFile) => AsyncGenerator<ReadItem>
}

const wanted = ({ name }: Member) =>
  name.split('/').every((part) => !isHiddenName(part) && part !== '__MACOSX' && part !== '..')

/**
 * Reads an archive by its path, or from memory. Returns 'docx' without having read anything
 * when the archive is a Word document.
 */
export async function* readArchive(
  file: InputFile,
  source: string | Buffer,
  { options, depth, onBytes, read }: ArchiveReading,
): AsyncGenerator<ReadItem, 'docx' | 'read'> {
  const archive = await Archive.open(source)
  try {
    const members = await archive.members()
    const kind = archiveKind(members.map(({ name }) => name))
    if (kind === 'docx') return kind
    if (kind !== 'files') {
      yield problemItem(file.path, kind.code, `${kind.kind}; not read`)
      return 'read'
    }
    if (depth >= deepest) {
      const message = `an archive inside ${deepest} others; not read`
      yield problemItem(file.path, 'unsupported', message)
      return 'read'
    }
    const isIgnored = ignoredBy(options.ignore ?? [])
    const chosen = members.filter((member) => wanted(member) && !isIgnored(member.name))
    if (chosen.length === 0) yield problemItem(file.path, 'empty', 'an archive without files')
    let done = 0
    for (const member of chosen) {
      for await (const item of read(memberFile(file, member))) {
        yield item
        if (item.problem?.code === 'too-large' && item.problem.message.includes('zip bomb')) {
          return 'read'
        }
      }
      done += member.packedBytes
      onBytes(done)
    }
    return 'read'
  } catch (error) {
    yield problemOfFailure(file.path, error)
    return 'read'
  } finally {
    archive.close()
  }
}

const memberFile = (file: InputFile, { name, packedBytes, open }: Member) =>
  streamFile(`${file.path}/${name}`, `${file.id}/${name}`, packedBytes, open)
