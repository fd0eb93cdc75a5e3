/** `@wenxun/tokenizer/jieba`: the nodejieba segmenter. */
export { createJiebaSegmenter } from './segmenters/jieba.js'
