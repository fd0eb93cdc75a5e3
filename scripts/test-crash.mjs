/** `npm run test:crash`: processes killed while they write; see test/reliability/crash. */
import { runTest } from './run-test.mjs'

runTest('crash/command.ts')
