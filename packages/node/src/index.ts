export { FileSource } from './file-source.js'
export { FolderSpill } from './folder-spill.js'
export type {
  CommitReport,
  LiveIndex,
  LiveStatus,
} from './live/live-index.js'
export {
  LiveReader,
  type LiveSnapshot,
  openLiveSnapshot,
  verifyLiveIndex,
} from './live/live-snapshot.js'
export { isLiveDirectory } from './live/manifest.js'
export { type LiveIndexOptions, openLiveIndex } from './live/open-live-index.js'
export { type FileIndex, type OpenFileOptions, openFile } from './open-file.js'
export { openIndexFile } from './open-index-file.js'
