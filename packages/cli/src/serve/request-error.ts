/** What is wrong with a request, as the answer says it. */
import { describeError } from '../errors.js'

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

/** The JSON of an error in an answer. */
export interface ErrorJson {
  readonly error: { readonly code: string; readonly message: string | undefined }
}

/** Status and JSON for an error; faults of the program say no more than that there is one. */
export function errorAnswer(error: unknown): { status: number; value: ErrorJson } {
  if (error instanceof RequestError) {
    const { status, code, message } = error
    return { status, value: { error: { code, message } } }
  }
  const [message] = describeError(error)
  return { status: 500, value: { error: { code: 'internal', message } } }
}
