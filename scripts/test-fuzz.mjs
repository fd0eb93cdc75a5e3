/** `npm run test:fuzz`: hostile queries and documents; see test/reliability/fuzz. */
import { runTest } from './run-test.mjs'

runTest('fuzz/command.ts')
