/** `npm run test:corruption`: damaged and hostile index files; see test/reliability/corruption. */
import { runTest } from './run-test.mjs'

runTest('corruption/command.ts')
