export { FileSource } from './file-source.js'
export { FolderSpill } from './folder-spill.js'
export { type FileIndex, type OpenFileOptions, openFile } from './open-file.js'
