/**
 * Getters that are an object's own, so that it can be spread, compared and turned into JSON, and
 * yet the same functions for every object of its class. A getter of an object literal is a new
 * function each time, for which V8 makes a new hidden class each time: slow to make, and kept, with
 * all that the getter sees, until the next full collection.
 */

/** Makes what defines the getters of a class anew on each of its objects. */
export function ownGetters(prototype: object): (object: object) => void {
  const getters = Object.entries(Object.getOwnPropertyDescriptors(prototype)).flatMap(
    ([name, { get }]) =>
      // Without `set`, which doubles the time that defining it takes.
      get === undefined ? [] : [{ name, getter: { get, enumerable: true, configurable: true } }],
  )
  showValues(prototype)
  return (object) => {
    for (const { name, getter } of getters) Object.defineProperty(object, name, getter)
  }
}

/** Node's console shows getters without their values, unless it is told what to show. */
function showValues(prototype: object): void {
  Object.defineProperty(prototype, Symbol.for('nodejs.util.inspect.custom'), {
    value(this: object) {
      return { ...this }
    },
  })
}
