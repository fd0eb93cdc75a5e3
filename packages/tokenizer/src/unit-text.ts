/** Text to UTF-16 units and back, for texts of any length. */

/** Arguments that `String.fromCharCode` takes at once on every engine. */
const CHUNK = 8192

/** The units of a text, in a new array. */
export function unitsOf(text: string): Uint16Array {
  const units = new Uint16Array(text.length)
  for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i)
  return units
}

/** The text of `units[start, end)`. */
export function textOf(units: Uint16Array, start: number, end: number): string {
  if (end - start <= CHUNK) return fromUnits(units.subarray(start, end))
  let text = ''
  for (let at = start; at < end; at += CHUNK) {
    text += fromUnits(units.subarray(at, Math.min(end, at + CHUNK)))
  }
  return text
}

// Typed arrays are array-likes, which is all that apply wants; its type asks for an array.
function fromUnits(units: Uint16Array): string {
  return String.fromCharCode.apply(null, units as unknown as number[])
}
