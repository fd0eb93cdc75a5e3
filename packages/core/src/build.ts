export { IndexBuilder, type IndexBuilderOptions } from './build/index-builder.js'
