import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { ownGetters } from './own-getters.js'

class Square {
  readonly side: number

  constructor(side: number) {
    this.side = side
    ownSquareGetters(this)
  }

  get area(): number {
    return this.side * this.side
  }
}

const ownSquareGetters = ownGetters(Square.prototype)

describe('getters of an object', () => {
  it('are its own, so that they are spread and written', () => {
    expect({ ...new Square(3) }).toEqual({ side: 3, area: 9 })
    expect(JSON.stringify(new Square(2))).toBe('{"side":2,"area":4}')
  })

  it("are shown with their values by Node's console", () => {
    expect(inspect(new Square(3))).toBe('{ side: 3, area: 9 }')
    expect(inspect([new Square(2)])).toBe('[ { side: 2, area: 4 } ]')
  })

  it('are the same functions for all objects', () => {
    const getterOf = (square: Square) => Object.getOwnPropertyDescriptor(square, 'area')?.get
    expect(getterOf(new Square(1))).toBeDefined()
    expect(getterOf(new Square(1))).toBe(getterOf(new Square(2)))
  })
})
