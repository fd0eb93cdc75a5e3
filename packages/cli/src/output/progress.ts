/**
 * One line on a terminal that says how far the work is, how fast it goes and how long it
 * will take. Draws nothing where nobody watches.
 */
import { formatBytes, formatDuration, plural } from './quantity.js'
import type { Terminal } from './terminal.js'
import { truncate } from './text-width.js'

export interface ProgressState {
  /** Bytes read so far, and of all files; the second is 0 while it is not known. */
  readonly bytesDone: number
  readonly bytesTotal: number
  readonly documents: number
}

const redrawInterval = 100
/** The rate of the first moments says little about how long the rest will take. */
const estimateAfter = 1000
const clearLine = '\r\u001B[K'

export class Progress {
  readonly #terminal: Terminal
  readonly #started: number
  readonly #now: () => number
  #drawnAt = 0
  #visible = false

  constructor(terminal: Terminal, now: () => number = () => performance.now()) {
    this.#terminal = terminal
    this.#now = now
    this.#started = now()
  }

  /** Redraws the line if the last drawing is old enough. */
  update(state: ProgressState): void {
    const now = this.#now()
    if (!this.#terminal.isTerminal || now - this.#drawnAt < redrawInterval) return
    this.#drawnAt = now
    this.#draw(progressLine(state, now - this.#started))
  }

  /** Shows a step that has no measure. */
  note(text: string): void {
    if (this.#terminal.isTerminal) this.#draw(text)
  }

  /** Takes the line away, so that other output can follow. */
  clear(): void {
    if (this.#visible) this.#terminal.write(clearLine)
    this.#visible = false
  }

  #draw(text: string): void {
    this.#terminal.write(clearLine + truncate(text, this.#terminal.columns - 1))
    this.#visible = true
  }
}

/** `32% · 1,204 documents · 18.2 MB of 56.6 MB · 9.1 MB/s · 4.2 s left`. */
export function progressLine(state: ProgressState, elapsed: number): string {
  const { bytesDone, bytesTotal, documents } = state
  const rate = elapsed > 0 ? (bytesDone / elapsed) * 1000 : 0
  const isKnown = bytesTotal > 0
  const parts = [
    isKnown ? `${Math.floor((100 * bytesDone) / bytesTotal)}%` : '',
    plural(documents, 'document'),
    isKnown ? `${formatBytes(bytesDone)} of ${formatBytes(bytesTotal)}` : formatBytes(bytesDone),
    rate > 0 ? `${formatBytes(rate)}/s` : '',
    isKnown && rate > 0 && elapsed >= estimateAfter
      ? `${formatDuration(((bytesTotal - bytesDone) / rate) * 1000)} left`
      : '',
  ]
  return parts.filter((part) => part !== '').join(' · ')
}
