/** `@wenxun/tokenizer/synonyms`: regional words for one another, for builders only. */
export { type RegionalWord, regionalWords } from './synonyms/synonyms.js'
