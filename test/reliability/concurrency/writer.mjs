/**
 * A writer of a live index in a process of its own: `node writer.mjs <directory> <command>`.
 *
 *   commits  replaces all ten documents again and again, merging by the way; prints a line a round
 *   holds    takes the lock, prints "held", and keeps it until standard input ends
 */
import { openLiveIndex } from '@wenxun/node'

const DOCUMENTS = 10
const [directory, command] = process.argv.slice(2)

const say = (text) => new Promise((resolve) => process.stdout.write(`${text}\n`, resolve))
const ended = new Promise((resolve) => process.stdin.resume().on('end', resolve))

try {
  const live = await openLiveIndex(directory)
  if (command === 'holds') {
    await say('held')
    await ended
  } else await commits(live)
  await live.close()
} catch (error) {
  await say(error.code ?? String(error))
}
process.exit()

async function commits(live) {
  let isOver = false
  ended.then(() => {
    isOver = true
  })
  for (let round = 1; !isOver; round++) {
    for (let i = 0; i < DOCUMENTS; i++) {
      const text = `法治政府建设版本${round}完，第${i}号行政复议。`
      live.upsert({ id: `d${i}`, title: `第${round}轮`, paragraphs: [{ text }] })
    }
    const { generation } = await live.commit()
    if (round % 5 === 0) await live.compact()
    await say(`${round} ${generation}`)
  }
}
