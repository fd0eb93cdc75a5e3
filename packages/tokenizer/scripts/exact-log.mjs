/**
 * Natural logarithm rounded to the nearest double, by integer arithmetic.
 * `Math.log` may be off in the last bit, differently in every engine, and the last bit decides
 * between paths of equal probability.
 */

const BITS = 160n
const ONE = 1n << BITS
const LN2 = 2n * artanh(1n, 3n)

/** ln(value) for a positive finite double. */
export function exactLog(value) {
  const { mantissa, exponent } = decompose(value)
  // value = m · 2^e with 1 <= m < 2, and ln m = 2 artanh((m - 1) / (m + 1))
  const unit = 1n << 52n
  const fixed = 2n * artanh(mantissa - unit, mantissa + unit) + BigInt(exponent) * LN2
  return toDouble(fixed)
}

/** artanh(p / q) in fixed point, for |p / q| <= 1/3. */
function artanh(p, q) {
  const x = (p * ONE) / q
  const square = (x * x) >> BITS
  let power = x
  let sum = x
  for (let n = 3n; power !== 0n; n += 2n) {
    power = (power * square) >> BITS
    sum += power / n
  }
  return sum
}

function decompose(value) {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  const bits = view.getBigUint64(0)
  const exponent = Number((bits >> 52n) & 0x7ffn) - 1023
  if (!(value > 0) || exponent === -1023 || exponent === 1024) {
    throw new RangeError(`not a positive normal number: ${value}`)
  }
  return { mantissa: (bits & 0xfffffffffffffn) | (1n << 52n), exponent }
}

/** Number(bigint) rounds to nearest, ties to even; the scale is a power of two, hence exact. */
function toDouble(fixed) {
  return Number(fixed) / 2 ** Number(BITS)
}
