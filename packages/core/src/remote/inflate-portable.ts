/** Decompression in plain JavaScript, for where the platform has none. A file of its own, so that
 * a page that does not need it does not load it. */

export { inflateRaw } from '../bytes/inflate.js'
