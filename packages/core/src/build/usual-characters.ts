/**
 * Characters that queries have and texts may lack: words of questions, the most frequent function
 * words, punctuation as a Chinese keyboard gives it. A bundle says of these how they fold, so that
 * a question does not cost it the folds of all characters.
 */
export const USUAL_CHARACTERS = Array.from(
  '什么怎样哪谁吗呢吧啊呀几何如为是的了在有和与及或我你他她它们这那个不没能会可以要想请问多少时候地方' +
    '法办做好最新年月日麼樣誰嗎幾為麽個沒會請問時後與們這' +
    '　，。、？！：；（）《》“”‘’…—～',
)
