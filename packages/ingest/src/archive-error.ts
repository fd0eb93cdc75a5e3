/** What is wrong with an archive, said about the archive as a whole or one member. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError'
  readonly code: 'corrupt' | 'too-large' | 'unsupported'

  constructor(code: ArchiveError['code'], message: string) {
    super(message)
    this.code = code
  }
}
