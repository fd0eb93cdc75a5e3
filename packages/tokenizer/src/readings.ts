/** `@wenxun/tokenizer/readings`: the pinyin of characters and words, for builders only. */
export {
  type CharacterReadings,
  characterReadings,
  exceptionReadings,
} from './readings/readings.js'
