/**
 * Watches how much memory typed arrays ask for, so that a forged count which would allocate
 * gigabytes is seen at once, not when the machine runs out. Lives in its own worker or test file:
 * it replaces the constructors of the whole realm.
 */

const WATCHED = [
  ...['ArrayBuffer', 'Uint8Array', 'Uint16Array', 'Uint32Array', 'Int8Array', 'Int16Array'],
  ...['Int32Array', 'Float32Array', 'Float64Array'],
] as const

export class AllocationMeter {
  /** Largest single request since the last `reset`, in bytes. */
  largest = 0
  /** A single request above this is refused with a plain Error, so nothing is really allocated. */
  limit = Number.POSITIVE_INFINITY

  /** Starts watching; returns what stops it. */
  install(): () => void {
    const realm = globalThis as unknown as Record<string, new (...args: unknown[]) => object>
    const originals = WATCHED.map((name) => [name, realm[name]!] as const)
    for (const [name, original] of originals) realm[name] = this.#watched(original)
    return () => {
      for (const [name, original] of originals) realm[name] = original
    }
  }

  reset(limit: number): void {
    this.largest = 0
    this.limit = limit
  }

  #watched<T extends new (...args: unknown[]) => object>(original: T): T {
    const width = (original as { BYTES_PER_ELEMENT?: number }).BYTES_PER_ELEMENT ?? 1
    const proxy: T = new Proxy(original, {
      construct: (target, args, newTarget) => {
        if (typeof args[0] === 'number') this.#note(args[0] * width)
        return Reflect.construct(target, args, newTarget === proxy ? target : newTarget)
      },
    })
    return proxy
  }

  #note(bytes: number): void {
    if (bytes > this.largest) this.largest = bytes
    if (bytes > this.limit) throw new Error(`asked for ${bytes} bytes, the limit is ${this.limit}`)
  }
}
