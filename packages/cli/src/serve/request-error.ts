/** What is wrong with a request, as the answer says it. */
export class RequestError extends Error {
  override readonly name = 'RequestError'
  /** The HTTP status. */
  readonly status: number
  /** Stable, for programs. */
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}
