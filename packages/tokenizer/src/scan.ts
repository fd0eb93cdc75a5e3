/** Platform-free lower half of analysis: what a query needs as much as a build. */
export { Folder, foldToString } from './fold/folder.js'
export { restrictFolds } from './fold/restrict.js'
export { SCAN_VERSION, scan } from './scan/scan.js'
export { STEM_PREFIX } from './scan/stem.js'
export { isGram, Script, scriptAt, scriptOf } from './script.js'
export type { Folded, FoldTable, ScanSink } from './types.js'
export { TokenKind } from './types.js'
